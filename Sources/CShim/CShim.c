#define _GNU_SOURCE
#include "CShim.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

const int cfgmigrate_o_noatime = O_NOATIME;

int cfgmigrate_syncfs(int fd) { return syncfs(fd); }

int cfgmigrate_is_ext(int fd) {
  struct statfs status;
  int result = fstatfs(fd, &status);
  return result < 0 ? result : status.f_type == EXT4_SUPER_MAGIC;
}

unsigned int cfgmigrate_major(unsigned long long device) { return major(device); }

unsigned int cfgmigrate_minor(unsigned long long device) { return minor(device); }

int cfgmigrate_renameat2(int old_dir, const char *old_name, int new_dir, const char *new_name, unsigned int flags) {
  return renameat2(old_dir, old_name, new_dir, new_name, flags);
}

ssize_t cfgmigrate_flistxattr(int fd, char *names, size_t size) { return flistxattr(fd, names, size); }

ssize_t cfgmigrate_fgetxattr(int fd, const char *name, void *value, size_t size) {
  return fgetxattr(fd, name, value, size);
}

int cfgmigrate_fsetxattr(int fd, const char *name, const void *value, size_t size) {
  return fsetxattr(fd, name, value, size, 0);
}

int cfgmigrate_fremovexattr(int fd, const char *name) { return fremovexattr(fd, name); }
