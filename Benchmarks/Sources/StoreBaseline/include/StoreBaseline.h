// The cheapest way to replace many files so that a power cut loses none of them, in plain C.
#ifndef STORE_BASELINE_H
#define STORE_BASELINE_H

// Stages `count` files of `size` bytes in the directory, syncs once, renames them all, syncs once more.
// With `backs_up` the old bytes are first read and written to a second place, as a backup needs it.
// Returns 0, or errno.
int store_baseline(const char *directory, const char *backups, int count, int size, int backs_up);

#endif
