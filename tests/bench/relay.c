/* SPDX-License-Identifier: Apache-2.0
 *
 * The least that can stand between a client and a server on pipes: copies bytes between its own
 * stdin and stdout and those of a child, with poll, read and write, and looks at none of them. What
 * a gateway adds is measured against what this adds, because both pay for the same two pipes and
 * the same two wake-ups.
 *
 * usage: relay COMMAND [ARGUMENT...]
 */

#include <poll.h>
#include <spawn.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

/* Whether there is more to come. Writes block: a reader that is slow slows the writer. */
static int Copy(int from, int to) {
  char buffer[65536];
  const ssize_t size = read(from, buffer, sizeof buffer);
  ssize_t done = 0;
  if (size <= 0) return 0;
  while (done < size) {
    const ssize_t n = write(to, buffer + done, (size_t)(size - done));
    if (n < 0) return 0;
    done += n;
  }
  return 1;
}

int main(int argc, char** argv) {
  int to_child[2];
  int from_child[2];
  posix_spawn_file_actions_t actions;
  pid_t child;
  int status;
  if (argc < 2 || pipe(to_child) != 0 || pipe(from_child) != 0) return 2;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, to_child[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, from_child[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, to_child[0]);
  posix_spawn_file_actions_addclose(&actions, to_child[1]);
  posix_spawn_file_actions_addclose(&actions, from_child[0]);
  posix_spawn_file_actions_addclose(&actions, from_child[1]);
  status = posix_spawnp(&child, argv[1], &actions, NULL, argv + 1, environ);
  if (status != 0) {
    fprintf(stderr, "relay: %s: %s\n", argv[1], strerror(status));
    return 2;
  }
  close(to_child[0]);
  close(from_child[1]);

  struct pollfd ends[2] = {{STDIN_FILENO, POLLIN, 0}, {from_child[0], POLLIN, 0}};
  while (poll(ends, 2, -1) > 0) {
    if (ends[0].revents != 0 && !Copy(STDIN_FILENO, to_child[1])) {
      close(to_child[1]);
      ends[0].fd = -1; /* poll skips it; the child will end */
    }
    if (ends[1].revents != 0 && !Copy(from_child[0], STDOUT_FILENO)) break;
  }
  return waitpid(child, &status, 0) == child && status == 0 ? 0 : 1;
}
