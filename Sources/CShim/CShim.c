#define _GNU_SOURCE
#include "CShim.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

int cfgmigrate_syncfs(int fd) { return syncfs(fd); }

int cfgmigrate_renameat2(int old_dir, const char *old_name, int new_dir, const char *new_name, unsigned int flags) {
  return renameat2(old_dir, old_name, new_dir, new_name, flags);
}

static int copy_xattr(int from, int to, const char *name) {
  ssize_t size = fgetxattr(from, name, NULL, 0);
  if (size < 0) return errno == ENODATA ? 0 : -1;
  char *value = malloc(size > 0 ? (size_t)size : 1);
  if (!value) return -1;
  int result = 0;
  size = fgetxattr(from, name, value, (size_t)size);
  if (size < 0) {
    result = errno == ENODATA ? 0 : -1;
  } else {
    // A label that the new file has already needs no privilege to be kept.
    char *present = malloc(size > 0 ? (size_t)size : 1);
    ssize_t present_size = present ? fgetxattr(to, name, present, (size_t)size) : -1;
    int same = present_size == size && memcmp(present, value, (size_t)size) == 0;
    free(present);
    if (!same) result = fsetxattr(to, name, value, (size_t)size, 0);
  }
  int saved = errno;
  free(value);
  errno = saved;
  return result;
}

int cfgmigrate_copy_xattrs(int from, int to) {
  ssize_t size = flistxattr(from, NULL, 0);
  if (size < 0) return errno == ENOTSUP ? 0 : -1;
  if (size == 0) return 0;
  char *names = malloc((size_t)size);
  if (!names) return -1;
  size = flistxattr(from, names, (size_t)size);
  int result = size < 0 ? -1 : 0;
  for (ssize_t offset = 0; result == 0 && offset < size; offset += (ssize_t)strlen(names + offset) + 1) {
    result = copy_xattr(from, to, names + offset);
  }
  int saved = errno;
  free(names);
  errno = saved;
  return result;
}
