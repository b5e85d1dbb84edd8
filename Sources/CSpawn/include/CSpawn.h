// Starting a program with limits, which posix_spawn cannot set before the program runs.
#ifndef CFGMIGRATE_CSPAWN_H
#define CFGMIGRATE_CSPAWN_H

struct cfgmigrate_spawn_request {
  const char *path;
  char *const *arguments;
  char *const *environment;
  // The working directory; NULL for that of the caller.
  const char *directory;
  // What become its standard input, output and error. All other descriptors are closed.
  int input, output, error;
  // Address space and the size of files that it writes, in bytes, and processor time in seconds; -1 for no limit.
  long long memory, file_size, processor_seconds;
  // Whether it is killed when the thread that starts it ends.
  int dies_with_parent;
};

// Starts a program in a process group of its own, with no signal blocked or ignored.
// Returns 0 and the process's ID, which is also its group's, or an errno: that of execve, where the program is what fails.
int cfgmigrate_spawn(const struct cfgmigrate_spawn_request *request, int *pid);

// A pipe whose ends are closed in every program that is started; returns 0 or an errno.
int cfgmigrate_pipe(int *ends);

#endif
