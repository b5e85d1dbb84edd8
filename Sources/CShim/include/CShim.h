// System calls that Swift's Glibc overlay does not export.
#ifndef CFGMIGRATE_CSHIM_H
#define CFGMIGRATE_CSHIM_H

#include <sys/types.h>

int cfgmigrate_syncfs(int fd);
int cfgmigrate_is_ext(int fd);
// The options of the file system that holds the file, those that were chosen, with commas between them; none or -1 where the system does
// not tell.
ssize_t cfgmigrate_mount_options(int fd, char *options, size_t size);
unsigned int cfgmigrate_major(unsigned long long device);
unsigned int cfgmigrate_minor(unsigned long long device);
int cfgmigrate_renameat2(int old_dir, const char *old_name, int new_dir, const char *new_name, unsigned int flags);

// The flags of renameat2, which glibc declares only for GNU sources.
enum { CFGMIGRATE_RENAME_NOREPLACE = 1, CFGMIGRATE_RENAME_EXCHANGE = 2 };

// O_NOATIME, likewise.
extern const int cfgmigrate_o_noatime;

ssize_t cfgmigrate_flistxattr(int fd, char *names, size_t size);
ssize_t cfgmigrate_fgetxattr(int fd, const char *name, void *value, size_t size);
int cfgmigrate_fsetxattr(int fd, const char *name, const void *value, size_t size);
int cfgmigrate_fremovexattr(int fd, const char *name);

#endif
