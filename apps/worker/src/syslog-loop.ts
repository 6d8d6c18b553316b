import { readFileSync } from "node:fs";
import { type SyslogEntry, formatSyslogMessage } from "@ringfence/core/platform/audit";
import type { Message } from "@ringfence/core/platform/message";
import type { Settings } from "@ringfence/core/platform/settings";
import type { Db } from "@ringfence/db";
import {
  clearSyslogQueue,
  numberQueuedEntries,
  queueAgain,
  sendQueuedEntries,
  setSyslogCollector,
} from "@ringfence/services/platform/audit";
import { z } from "zod";
import { type SyslogCollector, sendSyslog } from "./deliveries/send-syslog.ts";
import { createNewFaultReport } from "./new-faults.ts";
import { type Repeated, repeat } from "./repeat.ts";

/** Pause after which new entries, or those that the collector did not confirm, are sent. */
const PASS_MS = 1_000;

type Options = {
  db: Db;
  /** Null if nothing is sent. */
  collector: SyslogCollector | null;
  /** Host of the pages, which messages name as their origin. */
  hostname: string;
  /** Reports faults to the operator. */
  report: (fault: Message) => void;
};

const Coded = z.object({ code: z.string() });

/**
 * Sends the audit trail to a collector of syslog messages, until stopped. Entries wait in the database while the collector
 * is away, and are taken off the queue when it has confirmed them. A stop ends a delivery that is under way. Without a
 * collector it empties the queue once.
 */
export function startSyslogLoop({ db, collector, hostname, report }: Options): Repeated {
  const reportNew = createNewFaultReport(report);
  const stopping = new AbortController();
  const { signal } = stopping;
  const queue = createWatchedQueue(db, (since) => {
    const address = collector === null ? "" : formatAddress(collector);
    report({ key: "syslog.was-off", values: { address, since: since.toISOString() } });
  });
  let isCleared = false;
  const loop = repeat(PASS_MS, async () => {
    if (collector === null) {
      if (!isCleared) await clearSyslogQueue({ db });
      isCleared = true;
      return;
    }
    const pass: { fault: Message | null } = { fault: null };
    const send = (entries: readonly SyslogEntry[]) =>
      sendSyslog(
        collector,
        entries.map((entry) => formatSyslogMessage(entry, hostname)),
        { signal },
      ).catch((error: unknown) => {
        const why = Coded.safeParse(error).data?.code ?? "TLS";
        pass.fault = { key: "syslog.not-sent", values: { address: formatAddress(collector), why } };
        throw error;
      });
    try {
      for (let hasMore = true; hasMore && !signal.aborted;) {
        await queue.keepOn();
        hasMore = await sendQueuedEntries({ db }, send);
      }
    } catch (error) {
      if (signal.aborted) return;
      if (pass.fault === null) throw error;
    }
    reportNew(pass.fault);
  });
  return {
    async stop() {
      stopping.abort();
      await loop.stop();
    },
  };
}

const formatAddress = ({ host, port }: SyslogCollector) => `${host}:${port}`;

/**
 * Creates the queue of a loop. `keepOn` makes sure that new entries are queued and numbered. If somebody switched the
 * queue off since the last call, it queues again what may have been missed, and reports since when.
 */
function createWatchedQueue(db: Db, reportOff: (since: Date) => void) {
  let lastOn: Date | null = null;
  let offSince: Date | null = null;
  const keepOn = async () => {
    const { at, wasSet } = await setSyslogCollector({ db });
    if (!wasSet) offSince ??= lastOn;
    lastOn = at;
    if (offSince !== null) {
      await queueAgain({ db }, offSince);
      reportOff(offSince);
      offSince = null;
    }
    await numberQueuedEntries({ db });
  };
  return { keepOn };
}

type SyslogSettings = Settings<
  "SYSLOG_COLLECTOR" | "SYSLOG_CA" | "SYSLOG_CERTIFICATE" | "SYSLOG_KEY"
>;

/** Reads certificates and key of the settings. Null if there is no collector. */
export function openCollector(settings: SyslogSettings): SyslogCollector | null {
  const { SYSLOG_COLLECTOR: address, SYSLOG_CA: ca } = settings;
  const { SYSLOG_CERTIFICATE: certificate, SYSLOG_KEY: key } = settings;
  return address
    ? { ...address, ca: readPem(ca), certificate: readPem(certificate), key: readPem(key) }
    : null;
}

const readPem = (file: string | undefined) =>
  file === undefined ? undefined : readFileSync(file, "utf8");
