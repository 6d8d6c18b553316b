import { z } from "zod";
import { UploadId } from "../../platform/ids.ts";
import { AuSource, DncscrubSource, isAsked, SgSource } from "./asked-source.ts";
import { FtcSource } from "./ftc-source.ts";
import { webAddress } from "./web-address.ts";

const name = z.string().trim().min(1).max(255);

/** `SHA256:…`, as ssh-keygen -l tells it: a server that has another key is not the one that was meant. */
export const HostKey = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/);

const fetched = [
  z.object({
    kind: z.literal("http"),
    url: webAddress,
    /** Of the file with the SHA-256, where the publisher gives one. */
    checksumUrl: webAddress.optional(),
    /** Who signs in (RFC 7617); the password is the secret. */
    user: z
      .string()
      .max(255)
      .regex(/^[^:]+$/)
      .optional(),
  }),
  /** All files of a folder below the one that the worker may read. */
  z.object({ kind: z.literal("folder"), path: z.string().min(1).max(1_000) }),
  z.object({
    kind: z.literal("sftp"),
    host: name,
    port: z.int().min(1).max(65_535).default(22),
    user: name,
    /** A file, or a folder of which all files are one edition. */
    path: z.string().min(1).max(1_000),
    hostKey: HostKey.optional(),
  }),
  z.object({
    kind: z.literal("s3"),
    bucket: name,
    /** All objects whose keys begin so are one edition. */
    prefix: z.string().max(1_000),
    region: name,
    /** Of a service other than Amazon's. */
    endpoint: webAddress.optional(),
    accessKeyId: name,
  }),
  FtcSource,
  AuSource,
  SgSource,
  DncscrubSource,
] as const;

const upload = z.object({ kind: z.literal("upload") });
/** Nothing is there before the first. */
const uploaded = upload.extend({
  file: z
    .object({ id: UploadId, name: z.string().min(1).max(255), uploadedAt: z.iso.datetime() })
    .optional(),
});

/** Where the files of a registry come from; plain or zipped. */
export const RegistrySource = z.discriminatedUnion("kind", [...fetched, uploaded]);
export type RegistrySource = z.infer<typeof RegistrySource>;

/** The files that a person put in last, where a registry is read from those. */
export const uploadOf = (source: RegistrySource) =>
  (source.kind === "upload" && source.file?.id) || null;

/** The same as people give it: what is uploaded, and when, is ours to say. */
export const GivenSource = z.discriminatedUnion("kind", [...fetched, upload]);
export type GivenSource = z.infer<typeof GivenSource>;

/** A password, the private key of an SFTP user (OpenSSH or PEM), or the secret key of S3. */
export const SourceSecret = z.string().min(1).max(20_000);
export type SourceSecret = z.infer<typeof SourceSecret>;

/** Whether nothing can be read from a source without a secret. */
export const needsSecret = (source: RegistrySource) =>
  source.kind === "sftp" ||
  source.kind === "s3" ||
  source.kind === "us-ftc" ||
  isAsked(source) ||
  (source.kind === "http" && source.user !== undefined);

/** Whether two sources hand a secret to the same server: it never goes to another. */
export const isSamePlace = (one: RegistrySource, other: RegistrySource) =>
  placeOf(one) === placeOf(other);

function placeOf(source: RegistrySource) {
  switch (source.kind) {
    case "http":
      return JSON.stringify([source.kind, new URL(source.url).origin, source.user]);
    case "sftp":
      return JSON.stringify([source.kind, source.host, source.port, source.user, source.hostKey]);
    case "s3":
      return JSON.stringify([source.kind, source.endpoint, source.region, source.accessKeyId]);
    case "us-ftc":
      return JSON.stringify([source.kind, new URL(source.url).origin, source.organization]);
    case "au-washing":
      return JSON.stringify([source.kind, new URL(source.url).origin, source.telemarketerId]);
    case "sg-realtime":
      return JSON.stringify([source.kind, new URL(source.url).origin, source.orgCode]);
    case "us-dncscrub":
      return JSON.stringify([source.kind, new URL(source.url).origin]);
    case "folder":
    case "upload":
      return source.kind;
  }
}
