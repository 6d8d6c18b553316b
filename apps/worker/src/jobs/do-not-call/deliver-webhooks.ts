import {
  type DeliveryMessage,
  type DeliveryOutcome,
  type DeliveryToSend,
  claimDeliveries,
  deliverWebhooksJob,
  extendClaims,
  releaseClaims,
  settleDeliveries,
} from "@ringfence/services/do-not-call/endpoint";
import {
  streamBlockedNumbers,
  streamOptedOutNumbers,
} from "@ringfence/services/do-not-call/blocked-list";
import type { RootContext } from "@ringfence/services/context";
import { type Reach, exchange, toDeliveryOutcome } from "../../deliveries/exchange.ts";
import { deliverToBitrix24, deliverToVicidial } from "../../deliveries/deliver-to-dialers.ts";
import { type FileDelivery, deliverBySftp } from "../../deliveries/deliver-by-sftp.ts";
import { performJob } from "../platform/define-job.ts";

/** The most deliveries in flight to one endpoint. */
const MAX_AT_ONCE = 10;

/**
 * Sends an endpoint of any kind everything that is due for it. Each delivery is claimed first, so that two workers do
 * not send it at once. A worker that is asked to stop gives up its claims, and another one goes on at once; the claims
 * of a killed worker expire, and the deliveries are sent again.
 */
export const deliverWebhooks = performJob(
  deliverWebhooksJob,
  async (ctx, { endpointId }, { sources, signal, countRefusalDeliveries }) => {
    const reach = { privateHosts: sources.privateHosts, signal };
    const send = async ({ kind, deliveries, deliver }: Sending) => {
      const outcome = await deliver();
      const { refusalSeconds } = await settleDeliveries(ctx, { deliveries, outcome });
      countRefusalDeliveries?.(kind, refusalSeconds);
    };
    const isStopping = () => signal.aborted;
    let unsettled: readonly Sending[] = [];
    while (!isStopping()) {
      const claimed = await claimDeliveries(ctx, { endpointId, limit: MAX_AT_ONCE });
      if (claimed.length === 0) return;
      const sendings = toSendings(ctx, claimed, reach);
      // All of them end, so that those with an outcome have it on record before the others are given up.
      const ended = await Promise.allSettled(sendings.map(send));
      unsettled = sendings.filter((_, index) => ended[index]?.status === "rejected");
      const fault = ended.find((one) => one.status === "rejected");
      if (fault !== undefined && !isStopping()) throw fault.reason;
    }
    const deliveries = unsettled.flatMap((sending) => sending.deliveries);
    await releaseClaims(ctx, { endpointId, deliveries });
  },
  { lane: "express" },
);

/** Deliveries that are sent together, and have one outcome. */
type Sending = {
  kind: DeliveryMessage["kind"];
  deliveries: readonly DeliveryToSend[];
  deliver: () => Promise<DeliveryOutcome>;
};

/** Puts all that go into a file into one sending, and each other delivery into its own. */
function toSendings(
  ctx: RootContext,
  claimed: readonly DeliveryToSend[],
  reach: Reach,
): readonly Sending[] {
  const others = claimed.flatMap((one): Sending[] =>
    isFile(one)
      ? []
      : [{ kind: one.kind, deliveries: [one], deliver: () => deliverChange(one, reach) }],
  );
  const [first, ...more] = claimed.filter(isFile);
  if (first === undefined) return others;
  const files = [first, ...more] as const;
  const keep = () => extendClaims(ctx, files);
  const list = () =>
    first.settings.content === "blocked" ? streamBlockedNumbers(ctx) : streamOptedOutNumbers(ctx);
  const deliver = () => deliverBySftp(files, { list, keep }, reach);
  return [{ kind: "sftp", deliveries: files, deliver }, ...others];
}

/** True if the delivery goes into a file together with others. */
const isFile = (delivery: DeliveryToSend): delivery is FileDelivery => delivery.kind === "sftp";

/** Delivers one change to an endpoint, in its own way; safe to repeat. */
async function deliverChange(
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
