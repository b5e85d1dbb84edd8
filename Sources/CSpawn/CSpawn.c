#define _GNU_SOURCE
#include "CSpawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static int limit(__rlimit_resource_t resource, long long value) {
  if (value < 0) return 0;
  struct rlimit limits;
  if (getrlimit(resource, &limits) != 0) return -1;
  if (limits.rlim_max != RLIM_INFINITY && limits.rlim_max < (rlim_t)value) value = (long long)limits.rlim_max;
  limits.rlim_cur = limits.rlim_max = (rlim_t)value;
  return setrlimit(resource, &limits);
}

// Copies the three descriptors out of the way of each other first: any of them may be 0, 1 or 2.
static int arrange_descriptors(const struct cfgmigrate_spawn_request *request) {
  int wanted[3] = {request->input, request->output, request->error};
  for (int i = 0; i < 3; i++) {
    wanted[i] = fcntl(wanted[i], F_DUPFD_CLOEXEC, 3);
    if (wanted[i] < 0) return -1;
  }
  for (int i = 0; i < 3; i++) {
    if (dup2(wanted[i], i) < 0) return -1;
  }
  return 0;
}

// Only what is safe in a child of a process with threads.
static void become(const struct cfgmigrate_spawn_request *request, pid_t parent) {
  if (setpgid(0, 0) != 0) return;
  struct sigaction plain = {.sa_handler = SIG_DFL};
  for (int number = 1; number < NSIG; number++) sigaction(number, &plain, NULL);
  sigset_t none;
  sigemptyset(&none);
  if (sigprocmask(SIG_SETMASK, &none, NULL) != 0) return;
  if (request->directory && chdir(request->directory) != 0) return;
  if (limit(RLIMIT_AS, request->memory) != 0 || limit(RLIMIT_FSIZE, request->file_size) != 0) return;
  if (limit(RLIMIT_CPU, request->processor_seconds) != 0 || limit(RLIMIT_CORE, 0) != 0) return;
  if (request->dies_with_parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return;
    // The parent may have gone before the line above.
    if (getppid() != parent) _exit(127);
  }
  execve(request->path, request->arguments, request->environment);
}

int cfgmigrate_pipe(int *ends) { return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno; }

int cfgmigrate_spawn(const struct cfgmigrate_spawn_request *request, int *pid) {
  // Who started this process may have made it ignore the ends of children: then nobody could tell how they ended.
  struct sigaction ends;
  if (sigaction(SIGCHLD, NULL, &ends) == 0 && ends.sa_handler == SIG_IGN) signal(SIGCHLD, SIG_DFL);
  // What fails in the child is told through a pipe that a successful execve closes.
  int report[2];
  if (pipe2(report, O_CLOEXEC) != 0) return errno;
  pid_t parent = getpid();
  pid_t child = fork();
  if (child < 0) {
    int error = errno;
    close(report[0]);
    close(report[1]);
    return error;
  }
  if (child == 0) {
    // Above the standard descriptors, which are about to be replaced.
    int channel = fcntl(report[1], F_DUPFD_CLOEXEC, 3);
    if (arrange_descriptors(request) == 0) {
      close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
      become(request, parent);
    }
    int error = errno;
    ssize_t ignored = write(channel, &error, sizeof error);
    (void)ignored;
    _exit(127);
  }
  close(report[1]);
  int error = 0;
  ssize_t count;
  do count = read(report[0], &error, sizeof error);
  while (count < 0 && errno == EINTR);
  close(report[0]);
  if (count != 0) {
    // Where the report cannot be read, the program may run, and would wait for what nobody sends.
    kill(child, SIGKILL);
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
    return count == sizeof error ? error : EIO;
  }
  *pid = child;
  return 0;
}

// Only what is safe in a child of a process with threads. It holds nothing open but its end of the pipe: a lock that it
// inherited would outlive the process that took it.
static void watch(int group, int life) {
  if (dup2(life, 0) < 0) _exit(1);
  close_range(1, ~0U, 0);
  setsid();
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  char word;
  ssize_t count;
  do count = read(0, &word, 1);
  while (count < 0 && errno == EINTR);
  if (count == 0) kill(-group, SIGKILL);
  _exit(0);
}

// PR_SET_PDEATHSIG ends the program itself and none of what it has started; it is cleared by a change of user too. What outlives a
// killed engine would go on beside the next one, and nothing but a process that outlives the engine can end it: hence a second fork.
struct cfgmigrate_guardian cfgmigrate_guard(int group) {
  struct cfgmigrate_guardian none = {-1, -1};
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return none;
  pid_t guardian = fork();
  if (guardian == 0) watch(group, ends[0]);
  close(ends[0]);
  if (guardian < 0) {
    close(ends[1]);
    return none;
  }
  struct cfgmigrate_guardian made = {guardian, ends[1]};
  return made;
}

void cfgmigrate_release(struct cfgmigrate_guardian guardian) {
  if (guardian.pid < 0) return;
  ssize_t ignored = write(guardian.life, "", 1);
  (void)ignored;
  close(guardian.life);
  while (waitpid(guardian.pid, NULL, 0) < 0 && errno == EINTR) {}
}
