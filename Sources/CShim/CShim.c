#define _GNU_SOURCE
#include "CShim.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
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

// statmount(2), of Linux 6.8, as include/uapi/linux/mount.h declares it; headers of older systems do not.
enum { SYSCALL_STATMOUNT = 457, WANTS_UNIQUE_MOUNT_ID = 0x4000, WANTS_MOUNT_OPTIONS = 0x80 };

struct mount_request {
  uint32_t size, spare;
  uint64_t mount, wanted;
};

struct mount_answer {
  uint32_t size, options;
  uint64_t told, others[62];
  char texts[];
};

ssize_t cfgmigrate_mount_options(int fd, char *options, size_t size) {
  struct statx status;
  if (statx(fd, "", AT_EMPTY_PATH, WANTS_UNIQUE_MOUNT_ID, &status) < 0) return -1;
  if (!(status.stx_mask & WANTS_UNIQUE_MOUNT_ID)) return -1;
  struct mount_request request = {sizeof request, 0, status.stx_mnt_id, WANTS_MOUNT_OPTIONS};
  union {
    struct mount_answer answer;
    char room[4096];
  } buffer;
  if (syscall(SYSCALL_STATMOUNT, &request, &buffer, sizeof buffer, 0) < 0) return -1;
  // None, or a system older than 6.11, which does not tell them.
  if (!(buffer.answer.told & WANTS_MOUNT_OPTIONS)) return 0;
  const char *text = buffer.answer.texts + buffer.answer.options;
  size_t length = strlen(text);
  if (length > size) return -1;
  memcpy(options, text, length);
  return (ssize_t)length;
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
