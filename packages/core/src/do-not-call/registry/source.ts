import { z } from "zod";
import { UploadId } from "../../platform/ids.ts";

const name = z.string().trim().min(1).max(255);

/** Fingerprint of an SSH host key, `SHA256:…` as `ssh-keygen -l` prints it. A server with another key is refused. */
export const HostKey = z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/);

/** From the portal's WSDL. */
const ftcDownloadAddress = "https://telemarketing.donotcall.gov/DownloadSvc/DownloadSvc.asmx";

/** An HTTP or HTTPS address. */
const webAddress = z.url({ protocol: /^https?$/ }).max(2_000);

/**
 * The download service (SOAP) of the US National Do Not Call Registry, which hands out each file once a day.
 * Requests and answers follow public client code and the service's own WSDL.
 */
export const FtcSource = z.object({
  kind: z.literal("us-ftc"),
  url: webAddress.default(ftcDownloadAddress),
  /** `12345678-12345` */
  organization: z.string().regex(/^\d{8}-\d{5}$/),
  /** Account whose password the secret is: each organization has one for its representative and one for downloads. */
  userType: z.enum(["Downloader", "Representative"]).default("Downloader"),
  /** Kind of lists to fetch after the first full list. */
  lists: z.enum(["changes", "full"]).default("changes"),
  /** Every sign-in certifies that the organization obeys the law, so an officer must agree first. */
  isCertified: z.literal(true),
});
export type FtcSource = z.infer<typeof FtcSource>;

const money = z.number().positive().max(1_000_000_000);
const budget = {
  /** Most numbers to ask about in a month. Each one is paid for. */
  monthlyNumbers: z.int().min(1).max(5_000_000),
  /** Most money to spend in a month, in the service's currency. */
  monthlyMoney: money.optional(),
  /** Price of one number, in the same currency. */
  pricePerNumber: money.optional(),
};

/** A money budget needs a price per number, and the other way round. */
const isPriced = ({
  monthlyMoney,
  pricePerNumber,
}: {
  monthlyMoney?: number | undefined;
  pricePerNumber?: number | undefined;
}) => (monthlyMoney === undefined) === (pricePerNumber === undefined);
const unpricedFault = { path: ["pricePerNumber"] };

export const auWashingAddress = "https://www.donotcall.gov.au/dncrtelem/rtw/washing.cfc";

/** The list-washing service (SOAP) of the Australian register, by its WSDL. */
export const AuSource = z
  .object({
    kind: z.literal("au-washing"),
    url: webAddress.default(auWashingAddress),
    /** The id of the account. */
    telemarketerId: z.string().regex(/^\d{1,12}$/),
    /** Id of a subaccount that may only wash lists. */
    washOnlyUserId: z
      .string()
      .regex(/^\w{1,40}$/)
      .optional(),
    ...budget,
  })
  .refine(isPriced, unpricedFault);
export type AuSource = z.infer<typeof AuSource>;
const sgRealtimeAddress = "https://www.dnc.gov.sg/realtime/check/registry";

/** The real-time service of the Singapore registry, as public programs call it. */
export const SgSource = z
  .object({
    kind: z.literal("sg-realtime"),
    url: webAddress.default(sgRealtimeAddress),
    orgCode: z.string().regex(/^[\w-]{1,60}$/),
    eServiceId: z.string().regex(/^[\w-]{1,60}$/),
    ...budget,
  })
  .refine(isPriced, unpricedFault);
export type SgSource = z.infer<typeof SgSource>;

/** DNCScrub, a service that knows who sues over calls. The vendor's address contains the login id. */
export const DncscrubSource = z
  .object({ kind: z.literal("us-dncscrub"), url: webAddress, ...budget })
  .refine(isPriced, unpricedFault);
export type DncscrubSource = z.infer<typeof DncscrubSource>;

const fetchedSources = [
  z.object({
    kind: z.literal("http"),
    url: webAddress,
    /** Address of the SHA-256 file, if the publisher has one. */
    checksumUrl: webAddress.optional(),
    /** User name for basic authentication (RFC 7617); the password is the secret. */
    user: z
      .string()
      .max(255)
      .regex(/^[^:]+$/)
      .optional(),
  }),
  /** All files of a folder below the one that the operator has opened for registries. */
  z.object({ kind: z.literal("folder"), path: z.string().min(1).max(1_000) }),
  z.object({
    kind: z.literal("sftp"),
    host: name,
    port: z.int().min(1).max(65_535).default(22),
    user: name,
    /** A file, or a folder whose files together are one edition. */
    path: z.string().min(1).max(1_000),
    hostKey: HostKey.optional(),
  }),
  z.object({
    kind: z.literal("s3"),
    bucket: name,
    /** All objects whose keys start with it are one edition. */
    prefix: z.string().max(1_000),
    region: name,
    /** Address of an S3-compatible service other than Amazon's. */
    endpoint: webAddress.optional(),
    accessKeyId: name,
  }),
  FtcSource,
  AuSource,
  SgSource,
  DncscrubSource,
  /** Answers of the operator about numbers that an officer brought there, attested and accepted by two officers. */
  z.object({ kind: z.literal("attested") }),
] as const;

const uploadInput = z.object({ kind: z.literal("upload") });
/** `file` is missing before the first upload. */
const uploadSource = uploadInput.extend({
  file: z
    .object({ id: UploadId, name: z.string().min(1).max(255), uploadedAt: z.iso.datetime() })
    .optional(),
});

/** Source of a registry's files, which may be zipped. */
export const RegistrySource = z.discriminatedUnion("kind", [...fetchedSources, uploadSource]);
export type RegistrySource = z.infer<typeof RegistrySource>;

/** Finds the last uploaded file of a registry that is read from uploads; null if there is none. */
export const findUploadId = (source: RegistrySource) =>
  (source.kind === "upload" && source.file?.id) || null;

/** A source as people enter it. The uploaded file is recorded by us. */
export const SourceInput = z.discriminatedUnion("kind", [...fetchedSources, uploadInput]);
export type SourceInput = z.infer<typeof SourceInput>;

/** A password, an SFTP private key (OpenSSH or PEM), or an S3 secret key. */
export const SourceSecret = z.string().min(1).max(20_000);
export type SourceSecret = z.infer<typeof SourceSecret>;

/** True if a source cannot be read without a secret. */
export const needsSecret = (source: RegistrySource) =>
  source.kind === "sftp" ||
  source.kind === "s3" ||
  source.kind === "us-ftc" ||
  isAskedSource(source) ||
  (source.kind === "http" && source.user !== undefined);

/** True if two sources use the same server and account. A stored secret is never sent to another one. */
export const isSameServer = (one: RegistrySource, other: RegistrySource) =>
  serverKey(one) === serverKey(other);

function serverKey(source: RegistrySource) {
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
    case "attested":
      return source.kind;
  }
}

/** A service that hands out no list, and only answers about the numbers that it is asked about. */
export type AskedSource = AuSource | SgSource | DncscrubSource;

/** Per service: its file format, the numbers it knows, how many to ask about at once, and its currency. */
export const askedServices = {
  "us-dncscrub": {
    reader: "us-litigators",
    pattern: "^\\+1[2-9]\\d{9}$",
    batch: 1_000,
    currency: "USD",
  },
  "au-washing": { reader: "au-dncr", pattern: "^\\+61[23478]\\d{8}$", batch: 200, currency: "AUD" },
  "sg-realtime": { reader: "sg-dnc", pattern: "^\\+65[3689]\\d{7}$", batch: 100, currency: "SGD" },
} as const;

/** Kinds of sources that say nothing about a number until somebody has asked about it. */
export const askedKinds: readonly string[] = [...Object.keys(askedServices), "attested"];

/** True for a service that we ask about numbers, and for answers that an officer brings (`attested`). */
export const isAnsweredSource = ({ kind }: { kind: string }): boolean => askedKinds.includes(kind);

/** True only for a service that we ask ourselves. */
export const isAskedSource = (source: { kind: string }): source is AskedSource =>
  Object.hasOwn(askedServices, source.kind);
