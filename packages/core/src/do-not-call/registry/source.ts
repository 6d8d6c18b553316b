import { z } from "zod";
import { UploadId } from "../../platform/ids.ts";

const name = z.string().trim().min(1).max(255);

/** `SHA256:…`, as ssh-keygen -l tells it: a server that has another key is not the one that was meant. */
export const HostKey = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/);

/** As the portal's own description (WSDL) has it. */
const ftcAddress = "https://telemarketing.donotcall.gov/DownloadSvc/DownloadSvc.asmx";

/** Where something is to be had, or asked, over HTTP. */
const webAddress = z.url({ protocol: /^https?$/ }).max(2_000);

/**
 * The download service (SOAP) of the US National Do Not Call Registry, which gives every file out once
 * a day. What it is asked, and what it answers, was seen in code that is public, and in the
 * description that the service gives of itself.
 */
export const FtcSource = z.object({
  kind: z.literal("us-ftc"),
  url: webAddress.default(ftcAddress),
  /** `12345678-12345` */
  organization: z.string().regex(/^\d{8}-\d{5}$/),
  /** Whose password it is: each organization has one of its representative and one for downloads. */
  userType: z.enum(["Downloader", "Representative"]).default("Downloader"),
  /** What is fetched after a first full list. */
  lists: z.enum(["changes", "full"]).default("changes"),
  /** With every sign-in somebody certifies that the organization obeys the law: an officer has to agree. */
  isCertified: z.literal(true),
});
export type FtcSource = z.infer<typeof FtcSource>;

const money = z.number().positive().max(1_000_000_000);
const budget = {
  /** So many numbers may be asked about in a month: each is paid for. */
  monthlyNumbers: z.int().min(1).max(5_000_000),
  /** No more may be paid in a month, in the service's currency. */
  monthlyMoney: money.optional(),
  /** What a number costs, in the same. */
  pricePerNumber: money.optional(),
};

/** What may be paid says something only with what a number costs, and the other way round. */
const isPriced = ({
  monthlyMoney,
  pricePerNumber,
}: {
  monthlyMoney?: number | undefined;
  pricePerNumber?: number | undefined;
}) => (monthlyMoney === undefined) === (pricePerNumber === undefined);
const unpriced = { path: ["pricePerNumber"] };

export const auAddress = "https://www.donotcall.gov.au/dncrtelem/rtw/washing.cfc";

/** The washing service (SOAP) of the Australian register, as its own description (WSDL) has it. */
export const AuSource = z
  .object({
    kind: z.literal("au-washing"),
    url: webAddress.default(auAddress),
    /** The id of the account. */
    telemarketerId: z.string().regex(/^\d{1,12}$/),
    /** Of an account below it that may do nothing but wash. */
    washOnlyUserId: z
      .string()
      .regex(/^\w{1,40}$/)
      .optional(),
    ...budget,
  })
  .refine(isPriced, unpriced);
export type AuSource = z.infer<typeof AuSource>;
const sgAddress = "https://www.dnc.gov.sg/realtime/check/registry";

/** The real-time service of the Singapore registry, as programs that are public call it. */
export const SgSource = z
  .object({
    kind: z.literal("sg-realtime"),
    url: webAddress.default(sgAddress),
    orgCode: z.string().regex(/^[\w-]{1,60}$/),
    eServiceId: z.string().regex(/^[\w-]{1,60}$/),
    ...budget,
  })
  .refine(isPriced, unpriced);
export type SgSource = z.infer<typeof SgSource>;

/** DNCScrub, a service that tells who sues for calls; the vendor gives its address with the login id. */
export const DncscrubSource = z
  .object({ kind: z.literal("us-dncscrub"), url: webAddress, ...budget })
  .refine(isPriced, unpriced);
export type DncscrubSource = z.infer<typeof DncscrubSource>;

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

/** A service that hands no list out, and answers about the numbers that it is asked about. */
export type AskedSource = AuSource | SgSource | DncscrubSource;

/** What each can be asked, and how much at once. */
export const askedRegistries = {
  "us-dncscrub": {
    reader: "us-litigators",
    pattern: "^\\+1[2-9]\\d{9}$",
    batch: 1_000,
    currency: "USD",
  },
  "au-washing": { reader: "au-dncr", pattern: "^\\+61[23478]\\d{8}$", batch: 200, currency: "AUD" },
  "sg-realtime": { reader: "sg-dnc", pattern: "^\\+65[3689]\\d{7}$", batch: 100, currency: "SGD" },
} as const;

export const askedKinds: readonly string[] = Object.keys(askedRegistries);

export const isAsked = (source: { kind: string }): source is AskedSource =>
  Object.hasOwn(askedRegistries, source.kind);
