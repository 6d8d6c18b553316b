import {
  type DeliveryMessage,
  type DeliveryOutcome,
  type DeliveryToSend,
  claimDeliveries,
  deliverWebhooksJob,
  extendClaims,
  settleDeliveries,
} from "@ringfence/services/do-not-call/endpoint";
import {
  streamBlockedNumbers,
  streamOptedOutNumbers,
} from "@ringfence/services/do-not-call/blocked-list";
import { type Reach, exchange, toDeliveryOutcome } from "../../deliveries/exchange.ts";
import { deliverToBitrix24, deliverToVicidial } from "../../deliveries/deliver-to-dialers.ts";
import { type FileDelivery, deliverBySftp } from "../../deliveries/deliver-by-sftp.ts";
import { performJob } from "../platform/define-job.ts";

type Settled = Parameters<typeof settleDeliveries>[1];

/** The most deliveries in flight to one endpoint. */
const MAX_AT_ONCE = 10;

/**
 * Sends an endpoint of any kind everything that is due for it. Each delivery is claimed first, so that two workers do
 * not send it at once; the claim of one that a killed worker leaves expires, and the delivery is sent again.
 */
export const deliverWebhooks = performJob(
  deliverWebhooksJob,
  async (ctx, { endpointId }, { sources, signal, countRefusalDeliveries }) => {
    const reach = { privateHosts: sources.privateHosts, signal };
    const settle = async (kind: DeliveryMessage["kind"], settled: Settled) => {
      const { refusalSeconds } = await settleDeliveries(ctx, settled);
      countRefusalDeliveries?.(kind, refusalSeconds);
    };
    for (;;) {
      signal.throwIfAborted();
      const claimed = await claimDeliveries(ctx, { endpointId, limit: MAX_AT_ONCE });
      if (claimed.length === 0) return;
      const [file, ...files] = claimed.filter(isFile);
      if (file !== undefined) {
        const { content } = file.settings;
        const list = () =>
          content === "blocked" ? streamBlockedNumbers(ctx) : streamOptedOutNumbers(ctx);
        const keep = () => extendClaims(ctx, [file, ...files]);
        const outcome = await deliverBySftp([file, ...files], { list, keep }, reach);
        await settle("sftp", { deliveries: [file, ...files], outcome });
      }
      await Promise.all(
        claimed.map(async (one) =>
          isFile(one)
            ? null
            : settle(one.kind, { deliveries: [one], outcome: await deliver(one, reach) }),
        ),
      );
    }
  },
  { lane: "express" },
);

/** True if the delivery goes into a file together with others. */
const isFile = (delivery: DeliveryToSend): delivery is FileDelivery => delivery.kind === "sftp";

/** Delivers one change to an endpoint, in its own way; safe to repeat. */
async function deliver(
  message: Exclude<DeliveryMessage, { kind: "sftp" }>,
  reach: Reach,
): Promise<DeliveryOutcome> {
  switch (message.kind) {
    case "webhook":
      return toDeliveryOutcome(await exchange(message.request, reach));
    case "vicidial":
      return deliverToVicidial(message, reach);
    case "bitrix24":
      return deliverToBitrix24(message, reach);
  }
}
