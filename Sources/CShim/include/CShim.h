// System calls that Swift's Glibc overlay does not export.
#ifndef CFGMIGRATE_CSHIM_H
#define CFGMIGRATE_CSHIM_H

int cfgmigrate_syncfs(int fd);
int cfgmigrate_renameat2(int old_dir, const char *old_name, int new_dir, const char *new_name, unsigned int flags);

#endif
