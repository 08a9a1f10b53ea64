// Native code in a child that uses up resources of the machine: loaded as an addon, it waits in a thread for the file
// ./greed and then does what its first word says, at most `most` times, so that an attack that is not stopped is bounded.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MIB (1L << 20)
static char kind[32];
static long most, done;

/* Shared memory that is unmapped but not freed: in no process's resident memory. */
static void hide_shared(int file) {
  for (long i = 0; i < most; i++) {
    int flags = MAP_SHARED | (file < 0 ? MAP_ANONYMOUS : 0);
    char *at = mmap(0, 16 * MIB, PROT_READ | PROT_WRITE, flags, file, 0);
    if (at == MAP_FAILED) return;
    memset(at, 1, 16 * MIB);
    madvise(at, 16 * MIB, MADV_DONTNEED);
    done++;
  }
}

/* A page table page for each two megabytes of empty memory that are read. */
static void fill_tables(void) {
  for (long i = 0; i < most; i++) {
    char *at = mmap(0, 1024 * MIB, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) return;
    madvise(at, 1024 * MIB, MADV_NOHUGEPAGE);
    for (long offset = 0; offset < 1024 * MIB; offset += 2 * MIB) *(volatile char *)(at + offset);
    /* Removed from the resident memory, but not from the page tables. */
    madvise(at, 1024 * MIB, MADV_COLD);
  }
}

static void *rest(void *none) {
  for (;;) pause();
  return none;
}

static void start_threads(void) {
  pthread_attr_t small;
  pthread_t thread;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 16384);
  for (long i = 0; i < most; i++)
    if (pthread_create(&thread, &small, rest, 0) != 0) usleep(1000);
}

static void make_files(void) {
  char name[32];
  for (long i = 0; i < most; i++) {
    sprintf(name, "f%ld", i);
    close(open(name, O_CREAT | O_WRONLY, 0600));
  }
}

static void make_deep(void) {
  char name[201];
  memset(name, 'd', 200);
  name[200] = 0;
  for (long i = 0; i < most; i++)
    if (mkdir(name, 0700) < 0 || chdir(name) < 0) return;
}

/* Files that are open but unlinked. */
static void write_unnamed(void) {
  char *bytes = calloc(1, MIB);
  for (long i = 0; i < most; i++) {
    int file = open("unnamed", O_CREAT | O_RDWR, 0600);
    unlink("unnamed");
    for (int part = 0; part < 50; part++) write(file, bytes, MIB);
  }
  free(bytes);
}

static void write_named(void) {
  static long files;
  char name[32], *bytes = calloc(1, MIB);
  for (long i = 0; i < most; i++) {
    sprintf(name, "unknown%ld", files++);
    int file = open(name, O_CREAT | O_RDWR, 0600);
    for (int part = 0; part < 50; part++) write(file, bytes, MIB);
    close(file);
  }
  free(bytes);
}

static void leave(int none) {
  syscall(SYS_exit, 0);
}

/* The main thread ends and the others go on: the kernel reports the state of the main thread as that of the process. */
static void end_first_thread(void) {
  signal(SIGUSR2, leave);
  syscall(SYS_tgkill, getpid(), getpid(), SIGUSR2);
}

static void take(void) {
  FILE *given;
  while (!(given = fopen("greed", "r"))) usleep(5000);
  fscanf(given, "%31s %ld", kind, &most);
  fclose(given);
  unlink("greed");
  done = 0;
  if (!strcmp(kind, "shared")) hide_shared(-1);
  if (!strcmp(kind, "zero")) hide_shared(open("/dev/zero", O_RDWR));
  if (!strcmp(kind, "tables")) fill_tables();
  if (!strcmp(kind, "threads")) start_threads();
  if (!strcmp(kind, "files")) make_files();
  if (!strcmp(kind, "headless")) end_first_thread();
  if (!strcmp(kind, "deep")) make_deep();
  if (!strcmp(kind, "unnamed")) write_unnamed();
  if (!strcmp(kind, "named")) write_named();
  FILE *report = fopen("report", "w");
  fprintf(report, "%ld", done);
  fclose(report);
  rename("report", "done");
}

static void *take_often(void *none) {
  for (;;) take();
  return none;
}

__attribute__((constructor)) static void begin(void) {
  pthread_t thread;
  pthread_create(&thread, 0, take_often, 0);
}
