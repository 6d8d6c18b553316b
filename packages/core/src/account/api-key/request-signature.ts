import { equalBytes } from "@noble/curves/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import {
  type InnerList,
  isInnerList,
  parseDictionary,
  serializeInnerList,
  serializeItem,
} from "structured-headers";
import { z } from "zod";
import { parseContentDigest } from "../../platform/content-digest/index.ts";
import type { Fault, Message, MessageKey } from "../../platform/message/index.ts";

/** A request as it arrived, as far as a signature covers it. */
export type ReceivedRequest = {
  method: string;
  /** Path and query, as they were sent. */
  target: string;
  /** Origin under which the API is known. It is configured, because a caller could choose any `Host`. */
  origin: string;
  /** All header fields as they were sent: name, value, name, value and so on. */
  rawHeaders: readonly string[];
  hasBody: boolean;
};

/** The signature of a request (RFC 9421). It covers everything that it must cover, but is not verified yet. */
export type RequestSignature = {
  /** Thumbprint of the public key. */
  keyId: string;
  nonce: string;
  /** Time of signing, in seconds since 1970. */
  created: number;
  /** Time from which the signature is not valid, in seconds since 1970; null if it has none. */
  expires: number | null;
  /** The bytes that were signed. */
  base: Uint8Array;
  signature: Uint8Array;
  /** SHA-256 that the body must have; null if the request has no body. */
  bodyDigest: Uint8Array | null;
};

/** Seconds by which `created` may differ from the time at which a request arrives. */
export const SIGNATURE_WINDOW_SECONDS = 300;

/** Describes the signature that is required, for the header `Accept-Signature` of a refusal (RFC 9421, 5.1). */
export const ACCEPTED_SIGNATURE =
  'sig=("@method" "@target-uri" "authorization" "content-digest");created;alg="ed25519"';

/** Header fields that decide what a request does. A signature must cover those that are sent. */
const DECIDING_FIELDS = ["idempotency-key", "content-digest"];
const WHOLE_TARGET = ["@authority", "@path", "@query"];
const SIGNATURE_BYTES = 64;
const DIGEST_OF_NOTHING = sha256(new Uint8Array());

/**
 * Reads the signature of a request. If it cannot be checked, returns all its faults. They depend on the request alone,
 * so they reveal nothing about the API key.
 */
export function readRequestSignature(
  request: ReceivedRequest,
): { signature: RequestSignature } | { faults: Fault[] } {
  const fields = gatherFields(request.rawHeaders);
  const repeated = ["authorization", "signature", "signature-input", ...DECIDING_FIELDS].filter(
    (name) => (fields.get(name)?.length ?? 0) > 1,
  );
  if (repeated.length > 0) return { faults: repeated.map(repeatedField) };

  const parsed = parseSignature(request);
  if (parsed.faults.length > 0) return { faults: parsed.faults };
  const { covered, parameters, base, signature } = parsed;
  const faults: Fault[] = [];
  const missing = findMissing(covered, request.hasBody, fields);
  if (missing.length > 0) {
    const components = missing.map((name) => `"${name}"`).join(" ");
    faults.push(inputFault({ key: "signature.components", values: { components } }));
  }
  const read = readParameters(parameters, faults);
  const bodyDigest = readDigest(fields, request.hasBody, faults);
  if (!request.target.startsWith("/")) faults.push(inputFault({ key: "signature.target" }));
  if (read === null || faults.length > 0) return { faults };
  const { keyid: keyId, nonce, created, expires } = read;
  return { signature: { keyId, nonce, created, expires, base, signature, bodyDigest } };
}

type ParsedSignature = {
  /** Names and values of the components that were signed. */
  covered: ReadonlyMap<string, string>;
  parameters: InnerList[1];
  base: Uint8Array;
  signature: Uint8Array;
  faults: Fault[];
};

/** Parses a signature and builds its base, the text that was signed (RFC 9421, 2.5), whichever components it covers. */
export function parseSignature(request: ReceivedRequest): ParsedSignature {
  const fields = gatherFields(request.rawHeaders);
  const { input, signature, faults } = parseSignatureFields(fields);
  const derived = deriveComponents(request);
  const read = readComponents(input, (name) =>
    name.startsWith("@") ? derived.get(name) : readOnce(fields, name),
  );
  const lines = [...read.covered].map(([name, value]) => `${serializeItem(name)}: ${value}`);
  lines.push(`"@signature-params": ${serializeInnerList(input)}`);
  const base = utf8ToBytes(lines.join("\n"));
  const { covered } = read;
  return { covered, parameters: input[1], base, signature, faults: [...faults, ...read.faults] };
}

/** Values of each field, in the order in which they came, by its name in lower case. */
type Fields = ReadonlyMap<string, readonly string[]>;

function gatherFields(rawHeaders: readonly string[]): Fields {
  const fields = new Map<string, string[]>();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    const value = (rawHeaders[index + 1] ?? "").trim();
    fields.set(name, [...(fields.get(name) ?? []), value]);
  }
  return fields;
}

/** Returns the value of a field that was sent once. A field that came twice can be read in two ways. */
function readOnce(fields: Fields, name: string): string | undefined {
  const values = fields.get(name) ?? [];
  return values.length === 1 ? values[0] : undefined;
}

const inputFault = (message: Message): Fault => ({ path: "/signature-input", message });

const repeatedField = (name: string): Fault => ({
  path: `/${name}`,
  message: { key: "signature.repeated" },
});

const noInput: InnerList = [[], new Map()];

const notParsed = (key: "signature.unreadable" | "signature.several") => ({
  input: noInput,
  signature: new Uint8Array(),
  faults: [inputFault({ key })],
});

/** Parses the two fields of a signature. They have one member each, under the same label. */
function parseSignatureFields(fields: Fields) {
  try {
    const inputs = [...parseDictionary(readOnce(fields, "signature-input") ?? "")];
    const signatures = parseDictionary(readOnce(fields, "signature") ?? "");
    if (inputs.length > 1 || signatures.size > 1) return notParsed("signature.several");
    const [label = "", input] = inputs[0] ?? [];
    const [bytes] = signatures.get(label) ?? [];
    if (input === undefined || !isInnerList(input)) return notParsed("signature.unreadable");
    if (!(bytes instanceof ArrayBuffer) || bytes.byteLength !== SIGNATURE_BYTES) {
      return notParsed("signature.unreadable");
    }
    return { input, signature: new Uint8Array(bytes), faults: [] };
  } catch {
    return notParsed("signature.unreadable");
  }
}

/** Derives the components that are not header fields (RFC 9421, 2.2). The host is that of the configured origin. */
function deriveComponents({ method, target, origin }: ReceivedRequest): Map<string, string> {
  const { host, protocol } = new URL(origin);
  const queryStart = target.indexOf("?");
  const hasQuery = queryStart !== -1;
  return new Map([
    ["@method", method],
    ["@target-uri", `${origin}${target}`],
    ["@authority", host],
    ["@scheme", protocol.slice(0, -1)],
    ["@request-target", target],
    ["@path", hasQuery ? target.slice(0, queryStart) : target],
    ["@query", hasQuery ? target.slice(queryStart) : "?"],
  ]);
}

/**
 * Reads the value of each covered component. A component is at fault if it occurs twice, has parameters, which no
 * request to this API needs, or is not there exactly once.
 */
function readComponents([items]: InnerList, read: (name: string) => string | undefined) {
  const covered = new Map<string, string>();
  const faults: Fault[] = [];
  for (const [name, parameters] of items) {
    const value = typeof name === "string" ? read(name) : undefined;
    if (
      typeof name !== "string" ||
      value === undefined ||
      parameters.size > 0 ||
      covered.has(name)
    ) {
      const component = serializeItem([name, parameters]);
      faults.push(inputFault({ key: "signature.component", values: { component } }));
    } else {
      covered.set(name, value);
    }
  }
  return { covered, faults };
}

/** Finds the components that the signature must cover and does not. */
function findMissing(covered: ReadonlyMap<string, string>, hasBody: boolean, fields: Fields) {
  const hasTarget = WHOLE_TARGET.every((name) => covered.has(name));
  const required = ["@method", ...(hasTarget ? [] : ["@target-uri"]), "authorization"];
  const sent = DECIDING_FIELDS.filter((name) => fields.has(name));
  const digest = hasBody ? ["content-digest"] : [];
  return [...new Set([...required, ...digest, ...sent])].filter((name) => !covered.has(name));
}

const seconds = z.int().nonnegative();

const Parameters = z.object({
  created: seconds,
  expires: seconds.nullable().default(null),
  keyid: z.string(),
  nonce: z.string().regex(/^[\x20-\x7e]{16,128}$/),
  alg: z.literal("ed25519"),
});

const parameterFaults = {
  created: "signature.created-missing",
  expires: "signature.expires-unreadable",
  keyid: "signature.keyid-missing",
  nonce: "signature.nonce-missing",
  alg: "signature.alg",
} as const satisfies Record<keyof typeof Parameters.shape, MessageKey>;

/** Reads the parameters. Returns null if any is missing or malformed, and adds a fault for each of these. */
function readParameters(parameters: InnerList[1], faults: Fault[]) {
  const { data, error } = Parameters.safeParse(Object.fromEntries(parameters));
  for (const [name, key] of Object.entries(parameterFaults)) {
    if (error?.issues.some(({ path }) => path[0] === name)) faults.push(inputFault({ key }));
  }
  return data ?? null;
}

/** Reads the digest of the body (RFC 9530). Adds a fault if it cannot be read, or if its body was left out. */
function readDigest(fields: Fields, hasBody: boolean, faults: Fault[]): Uint8Array | null {
  const field = readOnce(fields, "content-digest");
  if (field === undefined) return null; // then it is missing among the components, if there is a body
  const digest = parseContentDigest(field);
  if (digest === null) {
    faults.push({ path: "/content-digest", message: { key: "signature.digest" } });
  } else if (!hasBody && !equalBytes(digest, DIGEST_OF_NOTHING)) {
    faults.push({ path: "", message: { key: "signature.body" } });
  }
  return hasBody ? digest : null;
}
