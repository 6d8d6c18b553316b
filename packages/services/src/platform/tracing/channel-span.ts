import { ROOT_CONTEXT, SpanKind, context } from "@opentelemetry/api";
import { inNewSpan } from "@ringfence/db/span";
import { ServiceError } from "../errors.ts";

/**
 * Runs a request of a PBX by FastAGI in a span of its own. It begins a trace, because the protocol has nothing like
 * `traceparent`. An error makes the span a failed one, unless the request itself was at fault.
 */
export const inChannelSpan = <T>(work: () => Promise<T>): Promise<T> =>
  context.with(ROOT_CONTEXT, () =>
    inNewSpan(
      "FastAGI",
      { kind: SpanKind.SERVER, isFault: (error) => !(error instanceof ServiceError) },
      work,
    ),
  );
