import { z } from "zod";
import { EndpointId } from "../../platform/ids.ts";
import { Name } from "../../platform/text/index.ts";
import { HostKey, SourceSecret } from "../registry/index.ts";
import { endpointReason, endpointUrl } from "./endpoint.ts";

/** Settings for VICIdial's non-agent API (docs/NON-AGENT_API.txt of VICIdial). */
export const VicidialSettings = z.strictObject({
  /** `https://dialer.example/vicidial/non_agent_api.php` */
  url: endpointUrl,
  user: z.string().min(2).max(20),
  pass: z.string().min(2).max(100),
  /** The country code of its leads, which it stores separately from their numbers: `1`, `7`. */
  phoneCode: z.string().regex(/^\d{1,4}$/),
});
export type VicidialSettings = z.infer<typeof VicidialSettings>;

/** Settings for Bitrix24: an incoming webhook of its REST API. The address is a secret. */
export const Bitrix24Settings = z.strictObject({
  /** `https://portal.bitrix24.ru/rest/1/…/` */
  url: endpointUrl.refine((url) => url.endsWith("/")),
  /** The field of contacts and leads that is set to 1 for a person who has opted out. */
  field: z.string().regex(/^[A-Z][A-Z0-9_]{1,49}$/),
});
export type Bitrix24Settings = z.infer<typeof Bitrix24Settings>;

/** Settings for writing files of opt-outs to an SFTP server. */
export const SftpSettings = z.strictObject({
  host: z.string().trim().min(1).max(255),
  port: z.int().min(1).max(65_535),
  user: z.string().trim().min(1).max(255),
  hostKey: HostKey,
  /** A password, or a private key (OpenSSH or PEM). */
  secret: SourceSecret,
  /**
   * `list`: one file of all opt-outs in force except those of profiling only, rewritten each time; `blocked`: the same,
   * plus suppressed numbers and the organization's numbers that a registry lists; `changes`: another file for each
   * change.
   */
  content: z.enum(["list", "blocked", "changes"]),
  /** Path of the file for `list` and `blocked`, or of the folder for `changes`. */
  path: z
    .string()
    .trim()
    .max(1_000)
    .regex(/^[^\0]*[^/\0]$/),
});
export type SftpSettings = z.infer<typeof SftpSettings>;

/** Minutes between two files; null: as soon as something changes. `hour` is on the hour, `day` at midnight (UTC). */
export const fileEveryMinutes = { change: null, hour: 60, day: 1_440 } as const;
export const FileEvery = z.enum(["change", "hour", "day"]);
export type FileEvery = z.infer<typeof FileEvery>;

/** A dialer or CRM that receives opt-outs through its own protocol, or reads them from a file. */
export const ConnectDialer = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("vicidial"), name: Name, settings: VicidialSettings }),
  z.strictObject({ kind: z.literal("bitrix24"), name: Name, settings: Bitrix24Settings }),
  z.strictObject({
    kind: z.literal("sftp"),
    name: Name,
    settings: SftpSettings,
    every: FileEvery.default("change"),
  }),
]);
export type ConnectDialer = z.infer<typeof ConnectDialer>;

/** A dialer to connect, and the reason for it. */
export const NewDialer = z.strictObject({ dialer: ConnectDialer, reason: endpointReason });
export type NewDialer = z.infer<typeof NewDialer>;

/**
 * New settings of a connected dialer; its kind cannot change. A secret that is left out stays. It must be given
 * again if it would be sent to another server or with another user.
 */
export const ChangeDialer = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("vicidial"),
    endpointId: EndpointId,
    name: Name,
    settings: VicidialSettings.partial({ pass: true }),
  }),
  z.strictObject({
    kind: z.literal("bitrix24"),
    endpointId: EndpointId,
    name: Name,
    settings: Bitrix24Settings.partial({ url: true }),
  }),
  z.strictObject({
    kind: z.literal("sftp"),
    endpointId: EndpointId,
    name: Name,
    settings: SftpSettings.partial({ secret: true }),
    every: FileEvery,
  }),
]);
export type ChangeDialer = z.infer<typeof ChangeDialer>;

/** True if both connections have the same server and login, so that a stored secret may be sent. */
export const hasSameLogin = (one: ConnectDialer, other: ConnectDialer) =>
  toLoginKey(one) === toLoginKey(other);

function toLoginKey(dialer: ConnectDialer) {
  switch (dialer.kind) {
    case "vicidial":
      return JSON.stringify([new URL(dialer.settings.url).origin, dialer.settings.user]);
    case "bitrix24":
      return dialer.settings.url;
    case "sftp": {
      const { host, port, user, hostKey } = dialer.settings;
      return JSON.stringify([host, port, user, hostKey]);
    }
  }
}
