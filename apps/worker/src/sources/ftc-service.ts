import { createReadStream, createWriteStream } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import type { FetchedFile, FtcSource, RegistryFetch } from "@ringfence/core/do-not-call/registry";
import { registryFile } from "@ringfence/services/platform/files";
import { saveFetchedFile } from "@ringfence/services/do-not-call/registry";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { callSoap, noEnvelope } from "./call-soap.ts";
import { type Element, elementAt, escapeXml, textAt } from "./read-xml.ts";
import { shortenCode } from "./http-client.ts";
import type { SourceRequest, ReadingContext, PublishedFile } from "./publication.ts";
import { isZip, readZip } from "./read-zip.ts";
import { placeIn } from "./temporary-files.ts";

/** XML namespace, and prefix of the SOAP actions. */
const NAMESPACE = "https://telemarketing.donotcall.gov/DownloadSvc/";
/** Long, because the service prepares a list while the request waits. */
const SILENCE_MAX_MS = 10 * 60_000;
/** Most sign-ins without an answer in between; a session that ends at once is unusable. */
const SESSIONS_MAX = 2;

type Arguments = Readonly<Record<string, string>>;

/** Result of an operation: its status code and its values. */
type FtcAnswer = { code: string; value: string; strings: string[] };

export type FtcService = (operation: string, args: Arguments) => Promise<FtcAnswer>;

/**
 * The download service of the US registry, for one run. Signs in on first use, and again when the
 * service says that the session is over; the request is then repeated.
 */
export function openFtc(
  source: FtcSource,
  { secret, settings, signal }: SourceRequest,
): FtcService {
  const { host } = new URL(source.url);
  let token: string | null = null;
  let sessions = 0;

  const call = async (operation: string, args: Arguments) => {
    const body = `<${operation} xmlns="${NAMESPACE}">${toElements(args)}</${operation}>`;
    const { url } = source;
    const how = { url, action: NAMESPACE + operation, silenceMaxMs: SILENCE_MAX_MS };
    const answer = await callSoap({ ...how, body, secret, settings, signal });
    const result = elementAt(answer, `${operation}Result`);
    if (result === undefined) throw noEnvelope(host);
    return toFtcAnswer(result);
  };
  const signIn = async () => {
    if (++sessions > SESSIONS_MAX) {
      throw new RunFault({ key: "source.session-over", values: { host } }, { isTransient: true });
    }
    const { organization: strCoID, userType } = source;
    const { code, value } = await call("Login", {
      strCoID,
      strCoPwd: secret ?? "",
      userType,
      enumCertify: "Agree",
    });
    if (code === "CertificationNotAgreed") throw new RunFault({ key: "source.ftc-certification" });
    if (code !== "LoginOK" || value === "") {
      throw new RunFault({
        key: "source.ftc-sign-in",
        values: { code: shortenCode(code, secret) },
      });
    }
    return value;
  };
  return async (operation, args) => {
    for (;;) {
      token ??= await signIn();
      const strCoID = source.organization;
      const answer = await call(operation, { ...args, strSessionToken: token, strCoID });
      if (answer.code !== "SessionExpired") {
        sessions = 0;
        return answer;
      }
      token = null;
    }
  };
}

/**
 * Arguments as XML, in the order in which the operations name them. ASSUMED for the requests for
 * changes.
 */
const toElements = (args: Arguments) =>
  Object.entries(args)
    .map(([name, value]) => `<${name}>${escapeXml(value)}</${name}>`)
    .join("");

const toFtcAnswer = (result: Element): FtcAnswer => ({
  code: textAt(result, "code") ?? result.text.trim(),
  value: textAt(result, "value") ?? "",
  strings: result.elements.filter(({ name }) => name === "string").map(({ text }) => text.trim()),
});

export type FtcFetching = ReadingContext & {
  sourceRequest: SourceRequest;
  folder: string;
  ftc: FtcService;
};

/** Copies a stored file into the temporary folder of this reading. */
export async function copyStoredFile(
  { ctx, folder, sourceRequest }: FtcFetching,
  { id, name }: FetchedFile,
  index: number,
): Promise<PublishedFile> {
  const place = placeIn(folder, index);
  const content = ctx.files.read(registryFile(ctx.organizationId, id));
  await pipeline(content, createWriteStream(place, { mode: 0o600 }), {
    signal: sourceRequest.signal,
  });
  return { name, path: place };
}

/**
 * Takes a file, which is given out once a day, and stores it once it has proved whole; null if it
 * was already given out today.
 */
export async function takeFile(
  fetching: FtcFetching,
  { id: fetchId }: RegistryFetch,
  { url, index }: { url: string; index: number },
): Promise<PublishedFile | null> {
  const { ctx, registryId, folder, ftc, sourceRequest } = fetching;
  const name = readFileName(url);
  const { code, value } = await ftc("GetDNCFileByUrl", { fileUrl: url });
  if (code === "AlreadyDownloadedToday") return null;
  if (code !== "DownloadOK") throw ftcFault(sourceRequest, "GetDNCFileByUrl", code);

  const file = { name, path: placeIn(folder, index) };
  await writeFile(file.path, decodeBase64(value, name), { mode: 0o600 });
  await checkWhole(file, sourceRequest.signal);
  const content = createReadStream(file.path);
  await saveFetchedFile(ctx, { registryId, fetchId, name, place: url, content });
  return file;
}

/** Last part of the address, where the publisher puts date and area code. */
export const readFileName = (url: string) => path.posix.basename(URL.parse(url)?.pathname ?? url);

/** Fault of an operation that answered with a code that we cannot go on with. */
export const ftcFault = ({ secret }: SourceRequest, operation: string, code: string) =>
  new RunFault({
    key: "source.ftc-code",
    values: { operation, code: shortenCode(code, secret) },
  });

/** Decodes Base64 strictly: Node accepts anything that resembles it, and half a file is none. */
function decodeBase64(base64: string, file: string) {
  const packed = base64.replace(/\s+/g, "");
  if (packed === "" || packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(packed)) {
    throw new RunFault({ key: "source.file-cut-off", values: { file } });
  }
  return Buffer.from(packed, "base64");
}

const skip = () => ({ push() {}, end() {} });

/**
 * Checks that a file is whole: an archive by its checksums, any other file by its last line when it
 * is read.
 */
async function checkWhole({ name, path: place }: PublishedFile, signal: AbortSignal) {
  const file = await open(place);
  try {
    const { buffer: head } = await file.read(new Uint8Array(4), 0, 4, 0);
    if (!isZip(head)) return;
    await readZip(file, { name, open: skip, advance() {}, signal });
  } finally {
    await file.close();
  }
}
