// What native code in a jailed child can try beyond the table of the walls: newer calls to mount and to name files and
// processes, inherited descriptors, its packages and devices. Writes one line each to ./report: "name yes", which is an
// escape, or "name ERRNO". Like native-probe.c it reads its targets from ./targets.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <mqueue.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TARGETS 11
#define OUTER 1000
static char target[TARGETS][512];
static FILE *report;

static void tell(const char *name, long result) {
  fprintf(report, "%s %s\n", name, result >= 0 ? "yes" : strerrorname_np(errno));
  fflush(report);
}

static long fails(int error) {
  errno = error;
  return -1;
}

/* Reads through any folder that is open in this process; the child itself opened none. */
static long host_by_descriptor(void) {
  for (int fd = 3; fd < OUTER; fd++)
    if (openat(fd, ".", O_RDONLY | O_DIRECTORY) >= 0) return 0;
  return fails(ENOTDIR);
}

/* An inherited plain file or device. */
static long file_by_descriptor(void) {
  struct stat facts;
  for (int fd = 4; fd < OUTER; fd++)
    if (fileno(report) != fd && fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode)) return 0;
  return fails(EBADF);
}

static long read_any(const char *const *paths) {
  for (; *paths; paths++) {
    int file = open(*paths, O_RDONLY | O_NONBLOCK | O_NOCTTY);
    if (file >= 0) return fprintf(stderr, "opened %s\n", *paths);
  }
  return fails(ENOENT);
}

static long outer_files(void) {
  static const char *const paths[] = {"/easel-old/etc", "/old/etc", "/proc/1/root", "/proc/1/environ", "/proc/self/environ",
    "/proc/self/mountinfo", "/proc/sysrq-trigger", "/sys/class", "/dev/mem", "/dev/kmsg", "/dev/tty", "/dev/shm", "/dev/fuse",
    "/run", "/var/lib", "/bin/sh", "/etc/hostname", "/etc/shadow", 0};
  return read_any(paths);
}

static long above_root(void) {
  static const char *const paths[] = {"etc/hostname", "etc/shadow", "bin/sh", 0};
  for (int i = 0; i < 40; i++)
    if (chdir("..") < 0) return -1;
  long result = read_any(paths);
  int error = errno;
  chdir("/easel-scratch");
  return fails(error), result;
}

/* The root inode of the product's file system, by a forged file handle. */
static long by_handle(void) {
  struct { unsigned bytes; int type; unsigned char handle[8]; } root = {8, 1, {2}};
  int mounted = open(target[4], O_RDONLY);
  return syscall(SYS_open_by_handle_at, mounted, &root, O_RDONLY);
}

/* The process at the other end of the pipes, identified by the pipe. */
static int peer(void) {
  int found = -1;
  socklen_t size = sizeof found;
  for (int fd = 0; fd < 4; fd++)
    if (getsockopt(fd, SOL_SOCKET, 77 /* SO_PEERPIDFD */, &found, &size) == 0) return found;
  return -1;
}

static int spawned(long (*start)(void)) {
  long made = start();
  if (made == 0) _exit(0);
  if (made > 0) waitpid(made, 0, 0);
  return made > 0 ? 0 : -1;
}

struct clone_args_ { unsigned long long flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls, set_tid, set_tid_size, cgroup; };
static long clone3_user(void) {
  struct clone_args_ how = {.flags = CLONE_NEWUSER, .exit_signal = SIGCHLD};
  return syscall(SYS_clone3, &how, sizeof how);
}
static long clone_plain(void) { return syscall(SYS_clone, SIGCHLD | CLONE_PARENT_SETTID, 0, 0, 0, 0); }
static long clone3_plain(void) {
  struct clone_args_ how = {.exit_signal = SIGCHLD};
  return syscall(SYS_clone3, &how, sizeof how);
}

static long any_namespace(void) {
  int flags[] = {CLONE_NEWNS, CLONE_NEWNET, CLONE_NEWPID, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWCGROUP, 0x80, CLONE_NEWUSER};
  for (int i = 0; i < 8; i++)
    if (unshare(flags[i]) == 0) return 0;
  return -1;
}

static long product_by_memory(void) {
  int file = open(target[4], O_RDONLY);
  return mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0) == MAP_FAILED ? -1 : 0;
}

static long product_by_facts(void) {
  int file = open(target[4], O_RDONLY);
  struct stat facts;
  fstat(file, &facts);
  if (fchmod(file, facts.st_mode) == 0 || truncate(target[4], facts.st_size) == 0 || utimensat(AT_FDCWD, target[4], 0, 0) == 0) return 0;
  if (syscall(SYS_fsetxattr, file, "user.easel", "x", 1, 0) == 0 || fallocate(file, 0, 0, 1) == 0) return 0;
  return link(target[4], "linked") == 0 || rename("targets", target[5]) == 0 ? 0 : -1;
}

static long devices_anew(void) {
  if (mknod("disk", S_IFBLK | 0600, makedev(8, 0)) == 0) return 0;
  return mknod("memory", S_IFCHR | 0600, makedev(1, 1));
}

static long higher_limits(void) {
  int kinds[] = {RLIMIT_CORE, RLIMIT_FSIZE, RLIMIT_NOFILE, RLIMIT_NPROC, RLIMIT_DATA};
  for (int i = 0; i < 5; i++) {
    struct rlimit limit;
    getrlimit(kinds[i], &limit);
    if (limit.rlim_max == RLIM_INFINITY) return 0;
    limit.rlim_cur = limit.rlim_max = limit.rlim_max + 1;
    if (setrlimit(kinds[i], &limit) == 0) return 0;
  }
  return -1;
}

static long more_rights(void) {
  struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct all[2] = {{~0u, ~0u, ~0u}, {~0u, ~0u, ~0u}};
  if (syscall(SYS_capset, &head, all) == 0) return 0;
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 21, 0, 0) == 0) return 0;
  return prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0 || setresuid(1, 1, 1) == 0 || setgroups(0, 0) == 0 ? 0 : -1;
}

static long machine_itself(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (clock_settime(CLOCK_REALTIME, &now) == 0 || sethostname("easel", 5) == 0 || syscall(SYS_acct, 0) == 0) return 0;
  return syscall(SYS_init_module, 0, 0, "") == 0 || syscall(SYS_quotactl, 0, 0, 0, 0) == 0 ? 0 : -1;
}

static long first_process(void) {
  char byte[1];
  struct iovec here = {byte, 1}, there = {(void *)0x400000, 1};
  if (ptrace(PTRACE_SEIZE, 1, 0, 0) == 0) return 0;
  return process_vm_readv(1, &here, 1, &there, 1, 0);
}

/* Whatever must fail in every jail. */
static void in_any_jail(void) {
  tell("host-by-descriptor", host_by_descriptor());
  tell("file-by-descriptor", file_by_descriptor());
  tell("outer-files", outer_files());
  tell("above-root", above_root());
  tell("by-handle", by_handle());
  tell("device-mode", chmod("/dev/null", 0666));
  tell("device-times", utimensat(AT_FDCWD, "/dev/urandom", 0, 0));
  tell("device-descriptor-mode", fchmod(open("/dev/zero", O_RDWR), 0666));
  tell("new-file-system", syscall(SYS_fsopen, "tmpfs", 0));
  tell("copied-tree", syscall(SYS_open_tree, AT_FDCWD, "/", 1 /* OPEN_TREE_CLONE */));
  tell("writable-root", mount(0, "/", 0, MS_REMOUNT | MS_BIND, 0));
  tell("taken-mount", umount2(target[10], MNT_DETACH));
  tell("another-root", syscall(SYS_pivot_root, ".", "."));
  tell("peer-signal", syscall(SYS_pidfd_send_signal, peer(), 0, 0, 0));
  tell("peer-descriptor", syscall(SYS_pidfd_getfd, peer(), 0, 0));
  tell("peer-namespace", setns(peer(), CLONE_NEWNET));
  tell("user-by-clone3", spawned(clone3_user));
  tell("any-namespace", any_namespace());
  tell("product-by-memory", product_by_memory());
  tell("product-by-facts", product_by_facts());
  tell("devices-anew", devices_anew());
  tell("higher-limits", higher_limits());
  tell("more-rights", more_rights());
  tell("machine-itself", machine_itself());
  tell("first-process", first_process());
}

static long old_rings(void) {
  for (int fd = 0; fd < OUTER; fd++)
    if (syscall(SYS_io_uring_enter, fd, 0, 0, 0, 0, 0) >= 0) return 0;
  return -1;
}

static long any_socket(void) {
  int families[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_VSOCK, AF_ALG}, ends[2];
  for (int i = 0; i < 7; i++)
    if (socket(families[i], SOCK_STREAM, 0) >= 0 || socket(families[i], SOCK_RAW, 0) >= 0) return 0;
  return socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
}

/* Passes a descriptor to the other end, and receives one from it. */
static long pass_descriptor(void) {
  char byte = '!', room[CMSG_SPACE(sizeof(int))] = {0};
  struct iovec part = {&byte, 0};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof room};
  struct cmsghdr *head = CMSG_FIRSTHDR(&message);
  *head = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof(int))};
  if (sendmsg(0, &message, MSG_DONTWAIT) >= 0) return 0;
  return recvmsg(0, &message, MSG_DONTWAIT);
}

static long run_by_descriptor(void) {
  int file = open(target[10], O_RDONLY);
  char *none[] = {"node", "--no-such-flag", 0};
  return syscall(SYS_execveat, file, "", none, none + 2, AT_EMPTY_PATH);
}

static long signals(void) {
  siginfo_t info = {.si_code = SI_QUEUE};
  timer_t timer;
  if (kill(-1, 0) == 0 || kill(0, 0) == 0 || kill(1, 0) == 0 || syscall(SYS_tkill, 1, 0) == 0 || syscall(SYS_tgkill, 1, 1, 0) == 0) return 0;
  if (syscall(SYS_rt_sigqueueinfo, 1, SIGUSR1, &info) == 0) return 0;
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
  return syscall(SYS_timer_create, CLOCK_REALTIME, &event, &timer);
}

static long shared_memory(void) {
  if (shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600) >= 0) return 0;
  return syscall(SYS_mq_open, "easel", O_CREAT | O_RDWR, 0600, 0) >= 0 ? 0 : syscall(SYS_memfd_create, "x", 0);
}

static long keys(void) {
  if (syscall(SYS_add_key, "user", "easel", "x", 1, -3) >= 0) return 0;
  return syscall(SYS_request_key, "user", "easel", 0, -3);
}

static long watching(void) {
  if (syscall(SYS_fanotify_init, 0, 0) >= 0 || syscall(SYS_inotify_init1, 0) >= 0) return 0;
  if (syscall(SYS_kcmp, getpid(), getpid(), 0, 0, 1) >= 0 || ptrace(PTRACE_TRACEME, 0, 0, 0) == 0) return 0;
  return syscall(SYS_pidfd_open, getpid(), 0);
}

static long own_rules(void) {
  if (prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0 || prctl(PR_SET_MM, 1, 0, 0, 0) == 0) return 0;
  if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 || syscall(SYS_personality, 0xffffffff) >= 0) return 0;
  /* A filter of its own that would notify another process. */
  return syscall(SYS_seccomp, 1, 8, 0) == 0 || errno == EFAULT ? 0 : -1;
}

static long terminal(void) {
  for (int fd = 0; fd < 4; fd++)
    if (ioctl(fd, 0x5412 /* TIOCSTI */, "x") == 0 || ioctl(fd, 0x8901 /* FIOSETOWN */, &(int){1}) == 0) return 0;
  return -1;
}

static long links_and_pipes(void) { return symlink("/etc/passwd", "leads-out") == 0 || mkfifo("never-ends", 0600) == 0 ? 0 : -1; }

/* Whatever must fail behind the filter. */
static void behind_the_filter(void) {
  tell("old-rings", old_rings());
  tell("any-socket", any_socket());
  tell("pass-descriptor", pass_descriptor());
  tell("process-by-clone", spawned(clone_plain));
  tell("process-by-clone3", spawned(clone3_plain));
  tell("signals", signals());
  tell("shared-memory", shared_memory());
  tell("keys", keys());
  tell("watching", watching());
  tell("own-rules", own_rules());
  tell("terminal", terminal());
  tell("links-and-pipes", links_and_pipes());
  tell("newer-open", syscall(SYS_openat2, AT_FDCWD, "/", &(unsigned long long[3]){0}, 24));
#ifdef __x86_64__
  tell("other-numbers", syscall(0x40000000 + SYS_socket, AF_UNIX, SOCK_STREAM, 0));
#endif
  tell("run-by-descriptor", run_by_descriptor());
}

__attribute__((constructor)) static void escape(void) {
  FILE *given = fopen("targets", "r");
  if (!given) return;
  for (int i = 0; i < TARGETS && fgets(target[i], sizeof target[i], given); i++) target[i][strcspn(target[i], "\n")] = 0;
  fclose(given);
  report = fopen("report", "w");
  in_any_jail();
  if (access("filtered", F_OK) == 0) {
    behind_the_filter();
#ifdef __x86_64__
    tell("before-old-calls", 0);
    int result;
    /* getpid as a 32-bit program calls it: the filter kills the process. */
    __asm__ volatile("int $0x80" : "=a"(result) : "a"(20) : "memory");
    tell("old-calls", 0);
#endif
  }
  fprintf(report, "done yes\n");
  fclose(report);
}
