// What native code in a child can do: loaded as an addon, it tries everything once, writes one line each to ./report
// ("name yes" or "name ERRNO"), and leaves two processes behind that write to ./survivor. Its targets are in ./targets.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define TARGETS 10
static char target[TARGETS][512];
static FILE *report;

static void tell(const char *name, long result) {
  fprintf(report, "%s %s\n", name, result >= 0 ? "yes" : strerrorname_np(errno));
  fflush(report);
}

static long read_file(const char *path) {
  char bytes[64];
  int file = open(path, O_RDONLY);
  if (file < 0) return -1;
  long length = read(file, bytes, sizeof bytes);
  close(file);
  return length;
}

static long write_file(const char *path) {
  int file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (file < 0) return -1;
  long length = write(file, "!", 1);
  close(file);
  return length;
}

/* Whether a world-readable file is the machine's own. */
static long has_real_users(void) {
  char bytes[4096];
  int file = open("/etc/passwd", O_RDONLY);
  if (file < 0) return -1;
  long length = read(file, bytes, sizeof bytes - 1);
  close(file);
  bytes[length < 0 ? 0 : length] = 0;
  errno = ENOENT;
  return strstr(bytes, "root:x:0") ? 0 : -1;
}

static long connect_tcp(const char *address, int port, int type) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, address, &to.sin_addr);
  int socket_ = socket(AF_INET, type, 0);
  if (socket_ < 0) return -1;
  struct timeval second = {1, 0};
  setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &second, sizeof second);
  long result = connect(socket_, (void *)&to, sizeof to);
  if (result == 0 && type == SOCK_DGRAM) result = send(socket_, "!", 1, 0);
  int error = errno;
  close(socket_);
  errno = error;
  return result;
}

static long connect_unix(const char *path, int is_abstract) {
  struct sockaddr_un to = {.sun_family = AF_UNIX};
  socklen_t length = sizeof to;
  if (is_abstract) {
    strcpy(to.sun_path + 1, path);
    length = sizeof(sa_family_t) + 1 + strlen(path);
  } else
    strcpy(to.sun_path, path);
  int socket_ = socket(AF_UNIX, SOCK_STREAM, 0);
  if (socket_ < 0) return -1;
  long result = connect(socket_, (void *)&to, length);
  int error = errno;
  close(socket_);
  errno = error;
  return result;
}

/* Runs in a process of its own: the result, 0 or an errno, is its exit code. */
static long in_fork(int (*act)(void)) {
  pid_t child = fork();
  if (child < 0) return -1;
  if (child == 0) _exit(act());
  int status;
  waitpid(child, &status, 0);
  errno = WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
  return errno == 0 ? 0 : -1;
}

static int nothing(void) { return 0; }

static int run_shell(void) {
  execl("/bin/sh", "sh", "-c", "exit 0", (char *)0);
  return errno;
}

static int run_own_file(void) {
  execl("./own", "own", (char *)0);
  return errno;
}

static int make_namespaces(void) {
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET) < 0) return errno;
  return mount("none", "/", "tmpfs", 0, 0) == 0 || errno != EPERM ? 0 : errno;
}

/* Lives for ten seconds in a session of its own, outside the group that is killed. */
static int survive(void) {
  if (setsid() < 0) return errno;
  if (fork() > 0) return 0;
  for (int i = 0; i < 100; i++) {
    int file = open("survivor", O_CREAT | O_WRONLY | O_TRUNC, 0600);
    dprintf(file, "%d", i);
    close(file);
    usleep(100000);
  }
  return 0;
}

static long copy_self(void) {
  int file = open("own", O_CREAT | O_WRONLY, 0700);
  if (file < 0) return -1;
  /* Not a program: ENOEXEC means that the kernel would have run it, EACCES that it would not. */
  write(file, "x", 1);
  fchmod(file, 0700);
  close(file);
  return 0;
}

static long map_own_file(void) {
  int file = open("own", O_RDONLY);
  if (file < 0) return -1;
  void *at = mmap(0, 1, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
  close(file);
  return at == MAP_FAILED ? -1 : 0;
}

/* Makes the kernel send a signal on its behalf. */
static long signal_by_owner(pid_t to) {
  int ends[2];
  if (pipe(ends) < 0) return -1;
  return fcntl(ends[0], F_SETOWN, to);
}

/* In a process that ends and thereby releases the other. */
static int trace_other(void) { return ptrace(PTRACE_SEIZE, atoi(target[9]), 0, 0) == 0 ? 0 : errno; }

static long mount_something(void) {
  mkdir("mounted", 0700);
  if (mount("none", "mounted", "tmpfs", 0, 0) < 0) return -1;
  return umount2("mounted", MNT_DETACH);
}

static long signal_anybody(void) {
  DIR *all = opendir("/proc");
  struct dirent *each;
  errno = ENOENT;
  while (all && (each = readdir(all))) {
    int pid = atoi(each->d_name);
    if (pid > 1 && pid != getpid() && kill(pid, 0) == 0) return 0;
  }
  return -1;
}

static void files(void) {
  tell("read-home", read_file(target[0]));
  tell("read-session", read_file(target[1]));
  tell("read-database", read_file(target[2]));
  tell("read-users", has_real_users());
  tell("read-host-name", read_file("/etc/hostname"));
  tell("write-home", write_file(target[0]));
  tell("write-session", write_file(target[1]));
  tell("write-database", write_file(target[2]));
  tell("create-home", write_file(target[3]));
  tell("write-product", open(target[4], O_WRONLY));
  tell("write-font-cache", write_file(target[5]));
  /* A link to a file of the session, which it may read. */
  tell("read-linked", read_file("/easel-links/linked"));
  tell("write-linked", open("/easel-links/linked", O_RDWR));
  tell("truncate-linked", truncate("/easel-links/linked", 0));
  tell("chmod-linked", chmod("/easel-links/linked", 0666));
  tell("remove-linked", unlink("/easel-links/linked"));
  tell("link-linked", link("/easel-links/linked", "taken"));
  tell("create-linked", write_file("/easel-links/new"));
  tell("remount-links", mount("none", "/easel-links", 0, MS_REMOUNT | MS_BIND, 0));
}

static void network(void) {
  int port = atoi(target[6]);
  tell("tcp-loopback", connect_tcp("127.0.0.1", port, SOCK_STREAM));
  tell("tcp-outside", connect_tcp("192.0.2.1", 80, SOCK_STREAM));
  tell("udp-outside", connect_tcp("192.0.2.1", 53, SOCK_DGRAM));
  tell("unix-abstract", connect_unix(target[7], 1));
  tell("unix-path", connect_unix(target[8], 0));
}

static void processes(void) {
  char path[64], byte[1];
  struct iovec here = {byte, 1}, there = {(void *)0x400000, 1};
  struct rlimit limit;
  sprintf(path, "/proc/%d/environ", atoi(target[9]));
  tell("other-environment", read_file(path));
  sprintf(path, "/proc/%d/mem", atoi(target[9]));
  tell("other-memory-file", open(path, O_RDWR));
  tell("other-signal", kill(atoi(target[9]), 0));
  tell("other-signal-by-owner", signal_by_owner(atoi(target[9])));
  tell("other-limits", prlimit(atoi(target[9]), RLIMIT_NOFILE, 0, &limit));
  tell("other-trace", in_fork(trace_other));
  tell("other-memory", process_vm_readv(atoi(target[9]), &here, 1, &there, 1, 0));
  tell("other-descriptors", syscall(SYS_pidfd_open, atoi(target[9]), 0));
  tell("anybody-signal", signal_anybody());
  tell("fork", in_fork(nothing));
  tell("run-shell", in_fork(run_shell));
  tell("write-program", copy_self());
  tell("run-program", in_fork(run_own_file) == 0 || errno == ENOEXEC ? 0 : -1);
  tell("map-program", map_own_file());
  tell("survive", in_fork(survive));
}

static void kernel(void) {
  char zeros[256] = {0};
  tell("namespaces", in_fork(make_namespaces));
  tell("keyring", syscall(SYS_keyctl, 0, -3, 0));
  tell("bpf", syscall(SYS_bpf, 0, 0, 0) == 0 || errno == EFAULT || errno == EINVAL ? 0 : -1);
  tell("io-uring", syscall(SYS_io_uring_setup, 4, zeros));
  tell("userfaultfd", syscall(SYS_userfaultfd, 0x80001));
  tell("perf", syscall(SYS_perf_event_open, zeros, 0, -1, -1, 0) >= 0 || errno == ENOENT || errno == EINVAL ? 0 : -1);
  tell("memory-file", syscall(SYS_memfd_create, "x", 0));
  tell("mount", mount_something());
  tell("chroot", chroot("/"));
  tell("large-file", ({ int file = open("large", O_CREAT | O_WRONLY, 0600); long done = posix_fallocate(file, 0, 1 << 20); close(file); errno = done; done == 0 ? 0 : -1; }));
}

__attribute__((constructor)) static void probe(void) {
  FILE *given = fopen("targets", "r");
  if (!given) return;
  for (int i = 0; i < TARGETS && fgets(target[i], sizeof target[i], given); i++) target[i][strcspn(target[i], "\n")] = 0;
  fclose(given);
  report = fopen("report", "w");
  signal(SIGXFSZ, SIG_IGN);
  files();
  network();
  processes();
  kernel();
  fprintf(report, "done yes\n");
  fclose(report);
}
