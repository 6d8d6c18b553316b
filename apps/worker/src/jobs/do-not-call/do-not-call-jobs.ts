import type { OptOutId } from "@ringfence/core/ids";
import {
  claimDueBlockedLists,
  writeBlockedList as write,
  writeBlockedListJob,
} from "@ringfence/services/do-not-call/blocked-list";
import {
  liftBurst as lift,
  liftBurstJob,
  sendBurstAlarm as sendAlarm,
  sendBurstAlarmJob,
} from "@ringfence/services/do-not-call/burst";
import {
  queueDueDeliveries,
  sweepVicidial as queuePulls,
} from "@ringfence/services/do-not-call/endpoint";
import {
  sendReceipt as mailReceipt,
  sendReceiptJob,
} from "@ringfence/services/do-not-call/opt-out";
import {
  countContacts as count,
  countContactsJob,
  sendRegistryAlert as sendAlert,
  sendRegistryAlertJob,
  startDueCounts,
  startDueReadings,
  updateRegistryAlerts,
} from "@ringfence/services/do-not-call/registry";
import { defineSweep, performJob } from "../platform/define-job.ts";
import { mailIfSet } from "../../mail-and-sms.ts";

// Each job is exported under the name of the verb that it calls, which is imported under a shorter one.

/** Mails the receipt of an opt-out to the person who opted out by mail, and retries if the server rejects it. */
export const sendReceipt = performJob(
  sendReceiptJob,
  (ctx, { receiptMailId }, { messageSender, publicUrl }) =>
    mailReceipt({ ...ctx, messageSender, publicUrl }, receiptMailId),
);

/** Mails a member that a burst of opt-outs has begun, and retries if the server rejects it. */
export const sendBurstAlarm = performJob(
  sendBurstAlarmJob,
  (ctx, alarm, { messageSender, publicUrl }) =>
    mailIfSet(messageSender, () => sendAlarm({ ...ctx, messageSender, publicUrl }, alarm)),
);

/** Lifts the opt-outs of a burst in parts, as two officers decided. After a crash it starts over. */
export const liftBurst = performJob(liftBurstJob, async (ctx, { liftingId }, { signal }) => {
  let after: OptOutId | null = null;
  do {
    signal.throwIfAborted();
    after = await lift(ctx, { liftingId, after });
  } while (after !== null);
});

/** Queues overdue deliveries again, every minute. */
export const sweepDeliveries = defineSweep(
  { name: "webhook.sweep", cron: "* * * * *", lane: "express" },
  ({ db }) => queueDueDeliveries(db),
);

/** Queues a pull of the opt-outs of each VICIdial, every five minutes. */
export const sweepVicidial = defineSweep(
  { name: "vicidial.sweep", cron: "*/5 * * * *" },
  ({ db }) => queuePulls(db),
);

/** Queues a job for each blocked list that is due, so that a long one delays no other. */
export const sweepBlockedLists = defineSweep(
  { name: "blocked-list.sweep", cron: "* * * * *", lane: "express" },
  ({ db }) => claimDueBlockedLists(db),
);

/** Writes an organization's blocked list for other systems. */
export const writeBlockedList = performJob(writeBlockedListJob, (ctx) => write(ctx), {
  lane: "long",
});

/** Starts a run for each registry that is due by its schedule, so that a failing one delays no other. */
export const sweepRegistries = defineSweep(
  { name: "registry.sweep", cron: "* * * * *", lane: "express" },
  ({ db }) => startDueReadings(db),
);

/** Starts and ends alerts about registries that need attention, every minute. */
export const watchRegistries = defineSweep(
  { name: "registry.watch", cron: "* * * * *", lane: "express" },
  ({ db }) => updateRegistryAlerts(db),
);

/** Mails a member about a registry that needs attention, and retries if the server rejects it. */
export const sendRegistryAlert = performJob(
  sendRegistryAlertJob,
  (ctx, alert, { messageSender, publicUrl }) =>
    mailIfSet(messageSender, () => sendAlert({ ...ctx, messageSender, publicUrl }, alert)),
);

/** Queues a job for each organization whose contacts need a new count. */
export const sweepCounts = defineSweep(
  { name: "registry.sweep-counts", cron: "* * * * *", lane: "express" },
  ({ db }) => startDueCounts(db),
);

/** Counts an organization's contacts by jurisdiction, for the pages about registries. */
export const countContacts = performJob(countContactsJob, (ctx) => count(ctx), { lane: "long" });
