import { readFileSync } from "node:fs";
import { formatSyslogMessage } from "@ringfence/core/platform/audit";
import type { Message } from "@ringfence/core/platform/message";
import type { Settings } from "@ringfence/core/platform/settings";
import type { Db } from "@ringfence/db";
import { sendQueuedEntries, setSyslogCollector } from "@ringfence/services/platform/audit";
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
 * is away, and are taken off the queue when it has confirmed them.
 */
export function startSyslogLoop({ db, collector, hostname, report }: Options): Repeated {
  const reportNew = createNewFaultReport(report);
  let isSet = false;
  return repeat(PASS_MS, async (isStopped) => {
    if (!isSet) await setSyslogCollector({ db }, collector !== null);
    isSet = true;
    if (collector === null) return;
    const pass: { fault: Message | null } = { fault: null };
    const send = (entries: Parameters<Parameters<typeof sendQueuedEntries>[1]>[0]) =>
      sendSyslog(
        collector,
        entries.map((entry) => formatSyslogMessage(entry, hostname)),
      ).catch((error: unknown) => {
        const why = Coded.safeParse(error).data?.code ?? "TLS";
        const address = `${collector.host}:${collector.port}`;
        pass.fault = { key: "syslog.not-sent", values: { address, why } };
        throw error;
      });
    try {
      while (!isStopped() && (await sendQueuedEntries({ db }, send)));
    } catch (error) {
      if (pass.fault === null) throw error;
    }
    reportNew(pass.fault);
  });
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
