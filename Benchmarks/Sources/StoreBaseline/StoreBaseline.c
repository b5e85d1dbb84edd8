#define _GNU_SOURCE
#include "StoreBaseline.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int put(int directory, const char *name, const char *bytes, int size, mode_t mode) {
  int file = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return -1;
  int result = write(file, bytes, (size_t)size) == size && fchmod(file, mode) == 0 ? 0 : -1;
  close(file);
  return result;
}

int store_baseline(const char *path, const char *backups, int count, int size, int backs_up) {
  int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  int kept = backs_up ? open(backups, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  char *bytes = malloc((size_t)size), *old = malloc((size_t)size);
  char name[64], staged[64];
  if (directory < 0 || !bytes || !old) goto failed;
  for (int i = 0; i < count; i++) {
    snprintf(name, sizeof name, "f%05d.yaml", i);
    snprintf(staged, sizeof staged, ".f%05d.yaml.new", i);
    if (backs_up) {
      int file = openat(directory, name, O_RDONLY | O_CLOEXEC);
      if (file < 0 || read(file, old, (size_t)size) != size) goto failed;
      close(file);
      if (put(kept, name, old, size, 0600) < 0) goto failed;
    }
    memset(bytes, 'a' + i % 26, (size_t)size);
    if (put(directory, staged, bytes, size, 0644) < 0) goto failed;
  }
  if (syncfs(directory) < 0) goto failed;
  for (int i = 0; i < count; i++) {
    snprintf(name, sizeof name, "f%05d.yaml", i);
    snprintf(staged, sizeof staged, ".f%05d.yaml.new", i);
    if (renameat(directory, staged, directory, name) < 0) goto failed;
  }
  if (syncfs(directory) < 0) goto failed;
  free(bytes);
  free(old);
  close(directory);
  if (kept >= 0) close(kept);
  return 0;
failed:
  return errno ? errno : EIO;
}
