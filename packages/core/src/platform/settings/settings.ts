import { z } from "zod";
import { readNoteKey } from "../note-key.ts";

const port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((number) => number >= 1 && number <= 65_535);
const address = z.union([z.ipv4(), z.ipv6()]);

/** `<vkey> <url>`, as witnesses are written; null where the key is none. */
function parseWitness(text: string) {
  const [vkey = "", url = ""] = text.split(" ");
  const key = readNoteKey(vkey);
  return key?.type === "witness" ? { key, url: url.replace(/\/$/, "") } : null;
}

/** An address without a path, as `https://calls.example.com`. */
const origin = z
  .url({ protocol: /^https?$/, abort: true })
  .refine((url) => new URL(url).href === `${new URL(url).origin}/`)
  .transform((url) => new URL(url).origin);

const ProxyAddress = z.union([
  z.enum(["loopback", "linklocal", "uniquelocal"]),
  z.ipv4(),
  z.ipv6(),
  z.cidrv4(),
  z.cidrv6(),
]);

/**
 * `none`, a number of hops, or proxies by address, network or Fastify's names of private networks. `true`,
 * which would believe anyone, is refused: a caller could then choose the address on record.
 */
const isTrustedProxy = (value: string): boolean =>
  value === "none" ||
  /^\d$/.test(value) ||
  value.split(/\s*,\s*/).every((address) => ProxyAddress.safeParse(address).success);

const PRIVATE_HOST = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}=)?[\w.:[\]-]+$/;

/** Every setting there is, by its variable: its form, and what holds where it is not set. */
export const settings = {
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Signs sessions; whoever has it can be anyone. */
  AUTH_SECRET: z.string().min(32),
  /** Origin of the pages, for links, redirects and cookies. */
  PUBLIC_URL: origin,
  /** Origin of the API, to which forms are bound. */
  API_URL: origin,
  WEB_PORT: port.default(3000),
  API_PORT: port.default(4000),
  /** Requests of one key in ten seconds. */
  API_RATE_LIMIT: z
    .string()
    .regex(/^[1-9]\d{0,8}$/)
    .transform(Number)
    .default(50_000),
  /** Opens /metrics from elsewhere than this host. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** The address that pages and API listen on; others than this machine reach only what says so. */
  HOST: address.default("127.0.0.1"),
  /** Port on which the API serves FastAGI to Asterisk; off if omitted. */
  AGI_PORT: port.optional(),
  /** The protocol has no TLS: its key passes in clear, so it stays on this machine unless told. */
  AGI_HOST: address.default("127.0.0.1"),
  /**
   * The proxies whose `X-Forwarded-For` is believed: a number of hops, addresses, or `none`. Has to be set where
   * PUBLIC_URL is https (`readSettings`); else nobody's is.
   */
  TRUST_PROXY: z
    .string()
    .refine(isTrustedProxy)
    .transform((value) => (value === "none" ? "0" : value))
    .transform((value) => (/^\d+$/.test(value) ? Number(value) : value.split(/\s*,\s*/)))
    .default(0),
  /** SMTP server for outgoing mail; no mail is sent if omitted. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  /** The name of the ledger, as `ledger.example.com/ringfence`: in every checkpoint, and for ever. */
  LEDGER_ORIGIN: z.string().regex(/^[^\s+:]+(:\d+)?(\/[^\s+]*)?$/),
  /** A module that opens the tokens (PKCS#11) in which the ledger's keys lie; left out, they are files. */
  LEDGER_TOKENS: z.string().optional(),
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
  /** A file of the certificates, in PEM, that theirs have to lead to. */
  LEDGER_TSA_ROOTS: z.string().optional(),
  /** Sender address; no mail is sent if omitted. */
  MAIL_FROM: z.email().optional(),
  /** Twilio-compatible address for text messages; none are sent if omitted. */
  SMS_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => /[?&]from=[^&]/.test(url) && new URL(url).username !== "")
    .optional(),
  /** `yes` if the worker has `SMS_URL`. The pages are told this alone, because that URL holds a password. */
  SMS_CONFIGURED: z.literal("yes").optional(),
  /** The folder of the keys that sign permits and the ledger. */
  RINGFENCE_KEY_DIR: z.string().default(".ringfence/keys"),
  /** Uploads, results and evidence: a folder, or a bucket as `s3://bucket/prefix`. */
  RINGFENCE_FILES: z
    .union([z.url({ protocol: /^s3$/ }), z.string().regex(/^(?!\w+:\/\/)/)])
    .default(".ringfence/files"),
  /** The folder below which registries are read from folders; left out, none is. */
  RINGFENCE_REGISTRIES: z
    .string()
    .regex(/^(?!\w+:\/\/)/)
    .optional(),
  /** The browser that opens the pages of forms to check them; left out, this machine's own. */
  CHROMIUM: z.string().optional(),
  /** Hosts inside private networks that may be asked for registries and forms, and told of
   * changes, `name` or `name:port`; of another organization than the first, `<organization>=name:port`. */
  RINGFENCE_PRIVATE_HOSTS: z
    .string()
    .transform((hosts) => hosts.toLowerCase().split(/\s*,\s*/))
    .refine((hosts) => hosts.every((host) => PRIVATE_HOST.test(host)))
    .default([]),
};

export type SettingName = keyof typeof settings;
export type Settings<Name extends SettingName = SettingName> = {
  [Key in Name]: z.infer<(typeof settings)[Key]>;
};
