import { z } from "zod";
import { IpNetwork } from "../ip-network.ts";
import { readNoteKey } from "../note-key.ts";

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535);
const address = z.union([z.ipv4(), z.ipv6()]);

/** Connections of each pool of a program that sets no other number. */
export const usualPoolSize = 10;

/** With fewer connections in a pool, the API could do no large request beside small ones. */
export const smallestPoolSize = 5;

const poolSize = z
  .string()
  .regex(/^\d{1,3}$/)
  .transform(Number)
  .refine((size) => size >= smallestPoolSize && size <= 200)
  .default(usualPoolSize);

/** Parses `<vkey> <url>`, the form in which a witness is set. Null if the key is invalid. */
function parseWitness(text: string) {
  const [vkey = "", url = ""] = text.split(" ");
  const key = readNoteKey(vkey);
  return key?.type === "witness" ? { key, url: url.replace(/\/$/, "") } : null;
}

const COLLECTOR = /^(?:\[(?<ipv6>[\da-f:.]+)\]|(?<name>[\w.-]+))(?::(?<port>\d{1,5}))?$/i;

/** Splits the address of a collector. The port of syslog over TLS is 6514. */
function parseCollector(address: string) {
  const { ipv6, name = "", port = "6514" } = COLLECTOR.exec(address)?.groups ?? {};
  return { host: ipv6 ?? name, port: Number(port) };
}

const HEADERS = /^[^\s,=]+=[^,=][^,]*(\s*,\s*[^\s,=]+=[^,=][^,]*)*$/;

/** Parses headers as `name=value,name=value`, with values that are percent-encoded. */
const parseHeaders = (text: string): Record<string, string> =>
  Object.fromEntries(
    text.split(/\s*,\s*/).map((pair) => {
      const at = pair.indexOf("=");
      return [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1).trim())];
    }),
  );

/** An origin without a path, such as `https://calls.example.com`. */
const origin = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((url) => new URL(url).href === `${new URL(url).origin}/`)
  .transform((url) => new URL(url).origin);

const ProxyAddress = z.union([z.enum(["loopback", "linklocal", "uniquelocal"]), IpNetwork]);

/**
 * `none`, a number of hops, or proxies by address, network or Fastify's names of private networks. `true` is
 * refused, because it would trust everyone: a caller could then choose the address on record.
 */
const isTrustedProxy = (value: string): boolean =>
  value === "none" ||
  /^\d$/.test(value) ||
  value.split(/\s*,\s*/).every((address) => ProxyAddress.safeParse(address).success);

const PRIVATE_HOST = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}=)?[\w.:[\]-]+$/;

/** Every setting, by its environment variable, with its format and default. */
export const settings = {
  /** Address of the database with the role of the service. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Address with the role that works for all organizations. Default: made from DATABASE_URL. */
  DATABASE_ACROSS_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Address with the role that owns the tables, for migrations. No app gets it. */
  DATABASE_OWNER_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** The most connections of each pool that a process opens: API, pages, worker. `pnpm run doctor` adds them up. */
  API_POOL_SIZE: poolSize,
  WEB_POOL_SIZE: poolSize,
  WORKER_POOL_SIZE: poolSize,
  /** Encrypts the session cookie, and other tokens that browsers keep for the pages. */
  AUTH_SECRET: z.string().min(32),
  /** Origin of the pages, for links, redirects and cookies. */
  PUBLIC_URL: origin,
  /** Origin of the API, to which forms are bound, and which signatures of requests name. */
  API_URL: origin,
  WEB_PORT: port.default(3000),
  API_PORT: port.default(4000),
  /** Port on which the worker answers whoever monitors it; off if omitted. */
  WORKER_PORT: port.optional(),
  /** Maximum requests of one key in ten seconds, in each process. Opt-outs, withdrawals and complaints are unlimited. */
  API_RATE_LIMIT: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number)
    .default(50_000),
  /** Lets other hosts than this one read /metrics. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Address on which pages and API listen. By default, only this machine can reach them. */
  HOST: address.default("127.0.0.1"),
  /** Port on which the API serves FastAGI to Asterisk; off if omitted. */
  AGI_PORT: port.optional(),
  /** The protocol has no TLS and sends its key in clear, so only this machine is served by default. */
  AGI_HOST: address.default("127.0.0.1"),
  /**
   * Proxies whose `X-Forwarded-For` is trusted: a number of hops, addresses, or `none`. Required if
   * PUBLIC_URL is https (`readSettings`); otherwise no proxy is trusted by default.
   */
  TRUST_PROXY: z
    .string()
    .refine(isTrustedProxy)
    .transform((value) => (value === "none" ? "0" : value))
    .transform((value) => (/^\d+$/.test(value) ? Number(value) : value.split(/\s*,\s*/)))
    .default(0),
  /** SMTP server for outgoing mail; no mail is sent if omitted. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /**
   * Name of the ledger, such as `ledger.example.com/ringfence`. Every checkpoint contains it, so it can never
   * change.
   */
  LEDGER_ORIGIN: z.string().regex(/^[^\s+:]+(:\d+)?(\/[^\s+]*)?$/),
  /**
   * Module (PKCS#11) that gives access to the tokens with the ledger's keys. If omitted, the keys are files.
   */
  LEDGER_TOKENS: z.string().optional(),
  /** Folder of the keys that sign the ledger, and of what was signed last. Default: that of the other keys. */
  LEDGER_KEY_DIR: z.string().optional(),
  /** Witnesses that cosign the ledger's checkpoints: `<vkey> <url>`, separated by commas. */
  LEDGER_WITNESSES: z
    .string()
    .regex(/^[^\s,]+ https?:\/\/[^\s,]+(\s*,\s*[^\s,]+ https?:\/\/[^\s,]+)*$/)
    .transform((list) => list.split(/\s*,\s*/).map(parseWitness))
    .refine((witnesses) => witnesses.every((witness) => witness !== null))
    .transform((witnesses) => witnesses.filter((witness) => witness !== null))
    .default([]),
  /** Time-stamping authorities (RFC 3161): addresses, separated by commas. */
  LEDGER_TSA: z
    .string()
    .regex(/^https?:\/\/[^\s,]+(\s*,\s*https?:\/\/[^\s,]+)*$/)
    .transform((list) => list.split(/\s*,\s*/))
    .default([]),
  /** File of root certificates (PEM) of these authorities. */
  LEDGER_TSA_ROOTS: z.string().optional(),
  /** Collector of syslog messages over TLS (RFC 5425), as `host:port`; the audit trail is not sent if omitted. */
  SYSLOG_COLLECTOR: z
    .string()
    .regex(COLLECTOR)
    .transform(parseCollector)
    .refine(({ port }) => port >= 1 && port <= 65_535)
    .optional(),
  /**
   * File with the root certificates (PEM) by which the collector's certificate is checked. If omitted, those Node
   * trusts.
   */
  SYSLOG_CA: z.string().optional(),
  /** Files (PEM) with the client certificate for the collector, and its key. */
  SYSLOG_CERTIFICATE: z.string().optional(),
  SYSLOG_KEY: z.string().optional(),
  /** Sender address; no mail is sent if omitted. */
  MAIL_FROM: z.email().optional(),
  /** Twilio-compatible address for text messages; none are sent if omitted. */
  SMS_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => /[?&]from=[^&]/.test(url) && new URL(url).username !== "")
    .optional(),
  /** `yes` if the worker has `SMS_URL`. The pages get only this, because that URL contains a password. */
  SMS_CONFIGURED: z.literal("yes").optional(),
  /** Folder of the installation's keys. The ledger's may be elsewhere (LEDGER_KEY_DIR). */
  RINGFENCE_KEY_DIR: z.string().default(".ringfence/keys"),
  /** Public keys (`x` of an Ed25519 JWK) that may sign updates of the law, separated by commas. */
  RINGFENCE_LAW_KEYS: z
    .string()
    .regex(/^[\w-]{43}(\s*,\s*[\w-]{43})*$/)
    .transform((list) => list.split(/\s*,\s*/))
    .default([]),
  /**
   * Folder for uploads, results and evidence. A bucket (`s3://bucket/prefix`) is a valid setting, but `openFiles`
   * does not support it yet.
   */
  RINGFENCE_FILES: z
    .union([z.url({ protocol: /^s3$/ }), z.string().regex(/^(?!\w+:\/\/)/)])
    .default(".ringfence/files"),
  /** Folder below which registries may be read from folders. If omitted, none is. */
  RINGFENCE_REGISTRIES: z
    .string()
    .regex(/^(?!\w+:\/\/)/)
    .optional(),
  /**
   * File with the SHA-1 of stolen passwords, sorted, which nobody may choose. If omitted, only passwords that are
   * easily guessed are refused.
   */
  RINGFENCE_BREACHED_PASSWORDS: z.string().regex(/^\//).optional(),
  /** Folder on another disk for the copy of which opt-outs exist. If omitted, there is none. */
  RINGFENCE_OPT_OUT_COPY: z.string().regex(/^\//).optional(),
  /** Browser that opens the pages of forms to check them. If omitted, this machine's own. */
  CHROMIUM: z.string().optional(),
  /**
   * Hosts inside private networks that organizations may reach, to read registries and forms, deliver changes and sign
   * members in: `name` or `name:port`; for another organization than the first, `<organization>=name:port`.
   */
  RINGFENCE_PRIVATE_HOSTS: z
    .string()
    .transform((hosts) => hosts.toLowerCase().split(/\s*,\s*/))
    .refine((hosts) => hosts.every((host) => PRIVATE_HOST.test(host)))
    .default([]),
  /** Collector of traces (OTLP over HTTP); without it, no traces are recorded. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/$/, ""))
    .optional(),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.enum(["http/protobuf", "http/json"]).default("http/protobuf"),
  /** Headers for the collector, such as a token. */
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(HEADERS)
    .refine((text) => !/%(?![\da-f]{2})/i.test(text))
    .transform(parseHeaders)
    .default({}),
  /** Name of the program in traces. If omitted, `ringfence-api`, `ringfence-worker` or `ringfence-web`. */
  OTEL_SERVICE_NAME: z.string().optional(),
  /** Decides which traces are recorded. `parentbased_…` follows a caller who sends `traceparent`. */
  OTEL_TRACES_SAMPLER: z
    .enum([
      "always_on",
      "always_off",
      "traceidratio",
      "parentbased_always_on",
      "parentbased_always_off",
      "parentbased_traceidratio",
    ])
    .default("parentbased_always_on"),
  /** Share of traces that a sampler by ratio records, from 0 to 1. */
  OTEL_TRACES_SAMPLER_ARG: z
    .string()
    .regex(/^(0(\.\d+)?|1(\.0+)?|\.\d+)$/)
    .transform(Number)
    .default(1),
};

export type SettingName = keyof typeof settings;
export type Settings<Name extends SettingName = SettingName> = {
  [Key in Name]: z.infer<(typeof settings)[Key]>;
};

/** Settings of traces. Every program reads them. */
export const tracingSettings = [
  "OTEL_EXPORTER_OTLP_ENDPOINT",
  "OTEL_EXPORTER_OTLP_PROTOCOL",
  "OTEL_EXPORTER_OTLP_HEADERS",
  "OTEL_SERVICE_NAME",
  "OTEL_TRACES_SAMPLER",
  "OTEL_TRACES_SAMPLER_ARG",
] as const satisfies readonly SettingName[];

/**
 * Settings that each program reads. Whoever starts it passes no others, so that a secret is known only to
 * programs that need it.
 */
export const appSettings = {
  api: [
    "DATABASE_URL",
    "DATABASE_ACROSS_URL",
    "API_POOL_SIZE",
    "PUBLIC_URL",
    "API_URL",
    "HOST",
    "API_PORT",
    "API_RATE_LIMIT",
    "METRICS_TOKEN",
    "AGI_PORT",
    "AGI_HOST",
    "TRUST_PROXY",
    "RINGFENCE_KEY_DIR",
    "RINGFENCE_FILES",
    ...tracingSettings,
  ],
  worker: [
    "DATABASE_URL",
    "DATABASE_ACROSS_URL",
    "WORKER_POOL_SIZE",
    "PUBLIC_URL",
    "SMS_URL",
    "SMTP_URL",
    "MAIL_FROM",
    "HOST",
    "WORKER_PORT",
    "METRICS_TOKEN",
    "RINGFENCE_KEY_DIR",
    "RINGFENCE_FILES",
    "RINGFENCE_REGISTRIES",
    "RINGFENCE_PRIVATE_HOSTS",
    "CHROMIUM",
    ...tracingSettings,
  ],
  /** Additional settings of the one worker that signs the ledger. */
  signer: [
    "LEDGER_ORIGIN",
    "LEDGER_KEY_DIR",
    "LEDGER_TOKENS",
    "LEDGER_WITNESSES",
    "LEDGER_TSA",
    "LEDGER_TSA_ROOTS",
    "SYSLOG_COLLECTOR",
    "SYSLOG_CA",
    "SYSLOG_CERTIFICATE",
    "SYSLOG_KEY",
    "RINGFENCE_OPT_OUT_COPY",
  ],
  web: [
    "DATABASE_URL",
    "DATABASE_ACROSS_URL",
    "WEB_POOL_SIZE",
    "AUTH_SECRET",
    "PUBLIC_URL",
    "API_URL",
    "TRUST_PROXY",
    "METRICS_TOKEN",
    "RINGFENCE_KEY_DIR",
    "RINGFENCE_FILES",
    "SMTP_URL",
    "MAIL_FROM",
    "SMS_CONFIGURED",
    "RINGFENCE_PRIVATE_HOSTS",
    "RINGFENCE_BREACHED_PASSWORDS",
    ...tracingSettings,
  ],
} as const satisfies Record<string, readonly SettingName[]>;

/** Two years: how long browsers are told to use TLS only. */
export const TLS_ONLY_SECONDS = 63_072_000;
