import { expect, it } from "vitest";
import { say } from "../message/say.ts";
import { readHostLocale, readSettings } from "./read-settings.ts";
import type { SettingName } from "./settings.ts";

/** Returns the error that the operator sees for a value of one variable; null if it is valid. */
function describeFaults(name: SettingName, given: string | undefined) {
  const read = readSettings([name], { [name]: given });
  return read.ok ? null : read.faults.map((fault) => say("en", fault)).join("\n");
}

it("reads what is set, and gives the rest its default", () => {
  expect(
    readSettings(["DATABASE_URL", "WEB_PORT", "API_PORT", "TRUST_PROXY", "SMTP_URL"], {
      DATABASE_URL: "postgresql://ada:secret@db.example/calls",
      API_PORT: "4100",
      SMTP_URL: "",
      UNRELATED: "1",
    }),
  ).toEqual({
    ok: true,
    settings: {
      DATABASE_URL: "postgresql://ada:secret@db.example/calls",
      WEB_PORT: 3000,
      API_PORT: 4100,
      TRUST_PROXY: 0,
      SMTP_URL: undefined,
    },
  });
});

it("names every setting that is wrong, what it got and what it wants", () => {
  const read = readSettings(["DATABASE_URL", "WEB_PORT"], { WEB_PORT: "web" });
  expect(read.ok ? [] : read.faults.map((fault) => say("en", fault))).toEqual([
    expect.stringMatching(/^DATABASE_URL is not set: it has to be the address of a PostgreSQL/),
    "WEB_PORT is “web”: it has to be a port from 1 to 65535, such as 3000.",
  ]);
});

it.each<[SettingName, string]>([
  ["DATABASE_URL", "mysql://ada:hunter2@db.example/calls"],
  ["DATABASE_URL", "ada:hunter2@db.example"],
  ["AUTH_SECRET", "hunter2"],
  ["SMTP_URL", "http://ada:hunter2@mail.example"],
  ["SMS_URL", "https://api.twilio.example?token=hunter2"],
  ["RINGFENCE_FILES", "gs://hunter2@bucket"],
  ["LEDGER_TSA", "ada:hunter2@tsa.example"],
  ["LEDGER_WITNESSES", "hunter2"],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "grpc://ada:hunter2@traces.example:4317"],
  ["OTEL_EXPORTER_OTLP_HEADERS", "hunter2"],
])("repeats no secret of %s", (name, given) => {
  expect(describeFaults(name, given)).toMatch(new RegExp(`^${name} (is|has) `));
  expect(describeFaults(name, given)).not.toContain("hunter2");
});

it.each<[SettingName, string]>([
  ["AUTH_SECRET", "a".repeat(31)],
  ["PUBLIC_URL", "https://calls.example.com/ringfence"],
  ["PUBLIC_URL", "calls.example.com"],
  ["API_URL", "https://api.example.com/v1"],
  ["WEB_PORT", "0"],
  ["WEB_PORT", "65536"],
  ["WEB_PORT", "3000.5"],
  ["HOST", "localhost"],
  ["TRUST_PROXY", "true"],
  ["TRUST_PROXY", "None"],
  ["TRUST_PROXY", "none, loopback"],
  ["TRUST_PROXY", "10.0.0.0/8, everyone"],
  ["SYSLOG_COLLECTOR", "tcp://logs.example.com:514"],
  ["SYSLOG_COLLECTOR", "logs.example.com:70000"],
  ["SYSLOG_COLLECTOR", "logs.example.com:0"],
  ["SYSLOG_COLLECTOR", "::1"],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318"],
  ["OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"],
  ["OTEL_EXPORTER_OTLP_HEADERS", "authorization=100%"],
  ["OTEL_TRACES_SAMPLER", "xray"],
  ["OTEL_TRACES_SAMPLER_ARG", "1.5"],
  ["OTEL_TRACES_SAMPLER_ARG", "10%"],
])("refuses %s=%s", (name, given) => {
  expect(describeFaults(name, given)).toContain(name);
});

it.each<[SettingName, string, unknown]>([
  ["PUBLIC_URL", "https://calls.example.com/", "https://calls.example.com"],
  ["HOST", "::", "::"],
  ["TRUST_PROXY", "2", 2],
  ["TRUST_PROXY", "none", 0],
  ["TRUST_PROXY", "10.0.0.0/8, loopback", ["10.0.0.0/8", "loopback"]],
  ["RINGFENCE_FILES", "s3://bucket/calls", "s3://bucket/calls"],
  ["RINGFENCE_FILES", "uploads", "uploads"],
  ["SYSLOG_COLLECTOR", "logs.example.com", { host: "logs.example.com", port: 6514 }],
  ["SYSLOG_COLLECTOR", "10.0.0.5:601", { host: "10.0.0.5", port: 601 }],
  ["SYSLOG_COLLECTOR", "[fd00::1]:6514", { host: "fd00::1", port: 6514 }],
  ["OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:4318/", "http://localhost:4318"],
  [
    "OTEL_EXPORTER_OTLP_HEADERS",
    "authorization=Bearer%20a=b, x-team=calls",
    { authorization: "Bearer a=b", "x-team": "calls" },
  ],
  ["OTEL_TRACES_SAMPLER_ARG", "0.25", 0.25],
])("reads %s=%s", (name, given, expected) => {
  expect(readSettings([name], { [name]: given })).toEqual({
    ok: true,
    settings: { [name]: expected },
  });
});

const settingsFor = (given: Record<string, string>) =>
  readSettings(["PUBLIC_URL", "TRUST_PROXY"], given);

it("does not guess which proxy stands before an https address", () => {
  const PUBLIC_URL = "https://calls.example.com";
  for (const given of [{ PUBLIC_URL }, { PUBLIC_URL, TRUST_PROXY: "" }]) {
    const read = settingsFor(given);
    expect(read.ok ? [] : read.faults.map((fault) => say("en", fault))).toEqual([
      expect.stringMatching(/^TRUST_PROXY is not set, but PUBLIC_URL is https: /),
    ]);
  }
  for (const TRUST_PROXY of ["none", "0", "1", "10.0.0.0/8"]) {
    expect(settingsFor({ PUBLIC_URL, TRUST_PROXY })).toMatchObject({ ok: true });
  }
  expect(settingsFor({ PUBLIC_URL: "http://localhost:3000" })).toMatchObject({ ok: true });
  expect(readSettings(["PUBLIC_URL"], { PUBLIC_URL })).toMatchObject({ ok: true });
});

it("accepts the certificate and the key for a collector only together", () => {
  const names = ["SYSLOG_CERTIFICATE", "SYSLOG_KEY"] as const;
  const [certificate, key] = names;
  const pairs = [
    [certificate, key],
    [key, certificate],
  ] as const;
  for (const [set, missing] of pairs) {
    const read = readSettings(names, { [set]: "file.pem" });
    expect(read.ok ? [] : read.faults.map((fault) => say("en", fault))).toEqual([
      `${missing} is not set, but ${set} is: set both, or neither.`,
    ]);
  }
  const both = { SYSLOG_CERTIFICATE: "certificate.pem", SYSLOG_KEY: "key.pem" };
  expect(readSettings(names, both)).toEqual({ ok: true, settings: both });
});

it.each([
  [{ LANG: "ru_RU.UTF-8" }, "ru"],
  [{ LANG: "ru" }, "ru"],
  [{ LANG: "en_US.UTF-8" }, "en"],
  [{ LANG: "C.UTF-8" }, "en"],
  [{}, "en"],
])("%o speaks %s", (environment, expected) => {
  expect(readHostLocale(environment)).toBe(expected);
});
