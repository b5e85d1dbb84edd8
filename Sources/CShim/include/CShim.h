// System calls that Swift's Glibc overlay does not export.
#ifndef CFGMIGRATE_CSHIM_H
#define CFGMIGRATE_CSHIM_H

int cfgmigrate_syncfs(int fd);
int cfgmigrate_renameat2(int old_dir, const char *old_name, int new_dir, const char *new_name, unsigned int flags);

// The flags of renameat2, which glibc declares only for GNU sources.
enum { CFGMIGRATE_RENAME_NOREPLACE = 1, CFGMIGRATE_RENAME_EXCHANGE = 2 };

// Copies every extended attribute (ACLs, security labels, user attributes) of one open file to another.
// Returns 0, or -1 with errno. A file system that has none is no error.
int cfgmigrate_copy_xattrs(int from, int to);

#endif
