import { randomUUID } from "node:crypto";
import path from "node:path";
import { Readable } from "node:stream";
import {
  BLOCKED_FILE_HEADER,
  type BlockedPhone,
  toBlockedLine,
} from "@ringfence/core/do-not-call/endpoint";
import type {
  DeliveryOutcome,
  DeliveryToSend,
  DialerChange,
} from "@ringfence/services/do-not-call/endpoint";
import type SftpClient from "ssh2-sftp-client";
import { z } from "zod";
import { RunFault } from "../jobs/platform/run-fault.ts";
import { withSftp } from "../sources/with-sftp.ts";
import type { Reach } from "./exchange.ts";

/**
 * Longest silence on the connection. It is below the two minutes for which the deliveries of a file are claimed,
 * and the claim is renewed while a long file is written, so that two workers never write it at
 * once.
 */
const PATIENCE_MS = 100_000;
const KEEP_MS = 15_000;

export type FileDelivery = Extract<DeliveryToSend, { kind: "sftp" }>;

/**
 * Writes everything due for an SFTP server into one file, which appears whole or not at all: it is
 * written under a draft name and then renamed. `list` yields the lines of the whole list, and
 * `keep` renews the claim meanwhile. The outcome holds for all deliveries; status 200 stands for success, also if
 * their changes block nobody and nothing is written.
 */
export async function deliverBySftp(
  [first, ...more]: readonly [FileDelivery, ...FileDelivery[]],
  { list, keep }: { list: () => Promise<AsyncIterable<string>>; keep: () => Promise<void> },
  { privateHosts, signal }: Reach,
): Promise<DeliveryOutcome> {
  const { settings } = first;
  const isList = settings.content !== "changes";
  const lines = isList ? null : toLines([first, ...more]);
  if (lines?.length === 0) return { status: 200 };

  const target = isList ? settings.path : path.posix.join(settings.path, createFileName(first));
  const draft = path.posix.join(path.posix.dirname(target), `.${path.posix.basename(target)}.part`);
  const patience = startPatience();
  const access = { ...settings, privateHosts, signal: AbortSignal.any([signal, patience.signal]) };
  try {
    await withSftp(settings, access, async (sftp) => {
      const texts = lines === null ? await list() : [BLOCKED_FILE_HEADER, ...lines];
      const keeping = { keep, everyMs: KEEP_MS, clock: () => performance.now() };
      await putWhole(sftp, keepAlive(patience.over(texts), keeping), draft);
      // Replaces the previous list in one step; the name of a file of changes is always new.
      await (isList ? sftp.posixRename(draft, target) : sftp.rename(draft, target));
    });
    return { status: 200 };
  } catch (error) {
    if (signal.aborted) throw error;
    return { fault: patience.signal.aborted ? "timeout" : describeFault(error) };
  } finally {
    patience.end();
  }
}

/** Creates a signal that aborts once no text has passed for `PATIENCE_MS`, however long the whole takes. */
function startPatience() {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), PATIENCE_MS);
  return {
    signal: control.signal,
    async *over(texts: Iterable<string> | AsyncIterable<string>) {
      for await (const text of texts) {
        timer.refresh();
        yield text;
      }
    },
    end: () => clearTimeout(timer),
  };
}

/**
 * Writes the whole text or throws. The library treats a stream that breaks off as finished, for
 * example when the server's disk is full.
 */
async function putWhole(sftp: SftpClient, texts: AsyncIterable<string>, file: string) {
  let [bytes, isWhole] = [0, false];
  async function* counted() {
    for await (const text of texts) {
      bytes += Buffer.byteLength(text);
      yield text;
    }
    isWhole = true;
  }
  await sftp.put(Readable.from(counted()), file);
  const { size } = await sftp.stat(file);
  if (!isWhole || size !== bytes) throw new Error("only a part was written");
}

/** Creates a name by the first delivery in the file, whose id tells when it was queued; a retry gets a new name. */
const createFileName = ({ deliveryId }: FileDelivery) =>
  `opt-outs-${deliveryId}-${randomUUID().slice(0, 8)}.csv`;

const Refusal = z.object({
  phones: z.array(z.string()),
  scope: z.object({
    seller: z.string().optional(),
    purpose: z.string().optional(),
    profiling: z.literal(true).optional(),
  }),
  effectiveAt: z.date(),
  reference: z.string(),
});

const toLines = (deliveries: readonly FileDelivery[]) =>
  deliveries.flatMap(({ change }) => listBlocked(change).map(toBlockedLine));

/**
 * The phones that a change blocks: none if the person was erased, if the opt-out is for profiling
 * alone, or for the first message about the endpoint itself.
 */
function listBlocked({ data }: DialerChange): readonly BlockedPhone[] {
  const { data: refusal } = Refusal.safeParse(data);
  if (refusal === undefined || refusal.scope.profiling) return [];
  const { phones, effectiveAt: at, reference } = refusal;
  const { seller = null, purpose = null } = refusal.scope;
  const [scope = "all"] = Object.keys(refusal.scope);
  return phones.map((phone) => ({ phone, scope, seller, purpose, at, reference }));
}

/**
 * Describes a fault without values, except the host key that the server showed, which the operator
 * has to compare with the pinned one.
 */
function describeFault(error: unknown): string {
  if (!(error instanceof RunFault)) return toFaultCode(undefined);
  const { explanation } = error;
  switch (explanation.key) {
    case "source.host-key-other":
      return `host-key ${explanation.values.key}`;
    case "source.private-host":
      return "private-host";
    case "source.refused":
      return "sign-in";
    case "source.unreachable":
      return toFaultCode(explanation.values.code);
    default:
      return toFaultCode(undefined);
  }
}

/**
 * Names the fault of the network or the protocol: code 2 is a missing folder, 3 a missing
 * permission.
 */
function toFaultCode(code: unknown): string {
  if (/^(2|ERR_BAD_PATH|ENOENT)$/.test(String(code))) return "no-folder";
  if (/^(3|EACCES|EPERM)$/.test(String(code))) return "no-permission";
  return /^\w{1,64}$/.test(String(code)) ? String(code) : "broken-off";
}

type Keeping = {
  /** Renews the claim on the work; throws if another worker has taken it. */
  keep: () => Promise<void>;
  everyMs: number;
  /** Milliseconds by a clock that never goes back. */
  clock: () => number;
};

/** Passes the texts on and, while they come, renews the claim at intervals. */
export async function* keepAlive(
  texts: Iterable<string> | AsyncIterable<string>,
  { keep, everyMs, clock }: Keeping,
): AsyncGenerator<string> {
  let kept = clock();
  for await (const text of texts) {
    if (clock() - kept >= everyMs) {
      await keep();
      kept = clock();
    }
    yield text;
  }
}
