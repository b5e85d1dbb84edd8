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
  // Whether it and its group are killed when the process that starts it ends, however that ends.
  int dies_with_parent;
};

// Who sees to it that a group does not outlive the process that started it.
struct cfgmigrate_guardian {
  // -1 where there is none.
  int pid, life;
};

// Starts a program in a process group of its own, with no signal blocked or ignored.
// Returns 0 and the process's ID, which is also its group's, or an errno: that of execve, where the program is what fails.
int cfgmigrate_spawn(const struct cfgmigrate_spawn_request *request, int *pid);

// Watches over a group of processes: when this process ends, the group is killed.
struct cfgmigrate_guardian cfgmigrate_guard(int group);

// Tells the guardian that the group is no longer its own, and waits for its end. Called before the group's leader is reaped,
// so that it kills no other group of the same number.
void cfgmigrate_release(struct cfgmigrate_guardian guardian);

// A pipe whose ends are closed in every program that is started; returns 0 or an errno.
int cfgmigrate_pipe(int *ends);

#endif
