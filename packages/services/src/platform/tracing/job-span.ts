import { ROOT_CONTEXT, SpanKind, context } from "@opentelemetry/api";
import { OrganizationId, RunId } from "@ringfence/core/ids";
import { inNewSpan } from "@ringfence/db/span";
import { z } from "zod";

const Ids = z.object({
  organizationId: OrganizationId.optional(),
  runId: RunId.optional(),
});

/**
 * Runs a job in a span of its own, with its name and, from its payload, the ids of its organization and its run. It
 * begins a trace: the request that queued it has usually been answered long before.
 */
export function inJobSpan<T>(name: string, payload: unknown, work: () => Promise<T>): Promise<T> {
  const { organizationId, runId } = Ids.safeParse(payload).data ?? {};
  const attributes = {
    "messaging.destination.name": name,
    "ringfence.organization.id": organizationId,
    "ringfence.run.id": runId,
  };
  return context.with(ROOT_CONTEXT, () =>
    inNewSpan(name, { kind: SpanKind.CONSUMER, attributes }, work),
  );
}
