import type { ConnectDialer, EndpointEvent } from "@ringfence/core/do-not-call/endpoint";
import type { RootContext } from "../src/platform/context.ts";
import type { DeliveryToSend } from "../src/do-not-call/endpoint/claim.ts";
import { createWebhook } from "../src/do-not-call/endpoint/webhook.ts";
import { aContext, as, db } from "./scenes.ts";

let serial = 0;

/** Creates a webhook for opt-outs, or for the given events, and the worker that delivers to it. */
export async function anEndpoint(events: EndpointEvent[] = ["opt-out.recorded"]) {
  const ctx = await aContext();
  const owner = as(ctx, "owner");
  const url = "https://dialer.example/hook";
  const { id, secret } = await createWebhook(owner, {
    reason: "The dialer keeps its own list.",
    name: `Dialer ${serial++}`,
    url,
    events,
  });
  const worker: RootContext = { ...ctx, actor: { type: "job", name: "webhook.deliver" } };
  const { organizationId } = ctx;
  const rows = () =>
    db.prisma.delivery.findMany({ where: { organizationId }, orderBy: { id: "asc" } });
  const endpoint = () => db.prisma.endpoint.findFirstOrThrow({ where: { organizationId, id } });
  return { ctx, owner, worker, endpointId: id, secret, rows, endpoint };
}

/** Settings of a dialer that gets the list of opt-outs, or its changes, as a file over SFTP. */
export const anSftpDialer = ({ content = "list" }: { content?: "list" | "changes" } = {}) =>
  ({
    kind: "sftp",
    name: "Files",
    every: "change",
    settings: {
      host: "files.example",
      port: 22,
      user: "ringfence",
      hostKey: `SHA256:${"A".repeat(43)}`,
      secret: "hunter22",
      content,
      path: "/incoming/stop.csv",
    },
  }) as const satisfies ConnectDialer;

/** Returns the request that a worker posts to a webhook. */
export function getWebhookRequest(delivery: DeliveryToSend | undefined) {
  if (delivery?.kind !== "webhook") throw new Error("nothing to send");
  return delivery.request;
}
