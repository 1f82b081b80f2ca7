/* Counts one start of an application for the Improvement Programme, as sdk/README.md lays down: reads the person's decision,
   appends eight bytes, and says nothing about it. POSIX; on Windows the same with CreateFile(FILE_APPEND_DATA).
   count-start <folder> <administrator's file> <field list version> <number of the application> */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static uint32_t crc32(const unsigned char *bytes, size_t length) {
  uint32_t crc = 0xffffffff;
  for (size_t bit = 0; bit < 8 * length; bit++) {
    if (bit % 8 == 0) crc ^= bytes[bit / 8];
    crc = crc & 1 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
  }
  return ~crc;
}

static int switched_off(const char *policy_file) {
  static const char *names[] = {"DO_NOT_TRACK", "CI", "CONTINUOUS_INTEGRATION", "BUILD_NUMBER", "GITHUB_ACTIONS", "GITLAB_CI",
                                "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "BUILDKITE", "CODEBUILD_BUILD_ID"};
  const char *home = getenv("HOME");
  static const char *homeless[] = {"", "/", "/nonexistent", "/var/empty", "/dev/null"};
  for (size_t i = 0; i < sizeof homeless / sizeof *homeless; i++) if (!home || !strcmp(home, homeless[i])) return 1;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const char *value = getenv(names[i]);
    if (value && *value && strcmp(value, "0") && strcmp(value, "false")) return 1;
  }
  return access(policy_file, F_OK) == 0 || (getuid() > 0 && getuid() < 500);
}

/* "1 001 2026-11-24 2026-11-30\n": on, field list, day of the decision, first day that is counted */
static int takes_part(const char *folder, int field_list, const char *today) {
  char path[4096], line[30] = "";
  snprintf(path, sizeof path, "%s/consent", folder);
  int file = open(path, O_RDONLY);
  ssize_t length = read(file, line, 29); /* -1 without a file */
  close(file);
  return length == 28 && line[0] == '1' && line[27] == '\n' && atoi(line + 2) >= field_list && strncmp(line + 17, today, 10) <= 0;
}

int main(int count, char **arguments) {
  char today[11], week[9], path[4096];
  if (count != 5) return 2;
  struct tm *utc = gmtime(&(time_t){time(NULL)});
  if (!utc || !strftime(today, sizeof today, "%Y-%m-%d", utc) || !strftime(week, sizeof week, "%G-W%V", utc)) return 0;
  if (!takes_part(arguments[1], atoi(arguments[3]), today) || switched_off(arguments[2])) return 0;
  snprintf(path, sizeof path, "%s/improvement/weeks/%s.starts", arguments[1], week);
  int file = open(path, O_WRONLY | O_APPEND | O_CREAT, 0600); /* never creates the folder */
  if (file < 0) return 0;
  unsigned application = (unsigned)atoi(arguments[4]);
  unsigned char record[8] = {'A', 'V', application & 255, application >> 8 & 255};
  uint32_t crc = crc32(record, 4);
  for (int i = 0; i < 4; i++) record[4 + i] = crc >> 8 * i & 255;
  struct stat found; /* a week's file has at most 64 KiB */
  if (fstat(file, &found) < 0 || found.st_size + 8 > 65536 || write(file, record, 8) != 8) return 0; /* full: not counted */
  close(file);
  return 0;
}
