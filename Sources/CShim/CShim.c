#define _GNU_SOURCE
#include "CShim.h"

#include <stdio.h>
#include <unistd.h>

int cfgmigrate_syncfs(int fd) { return syncfs(fd); }

int cfgmigrate_renameat2(int old_dir, const char *old_name, int new_dir, const char *new_name, unsigned int flags) {
  return renameat2(old_dir, old_name, new_dir, new_name, flags);
}
