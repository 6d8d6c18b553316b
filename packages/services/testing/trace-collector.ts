import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import { text } from "node:stream/consumers";
import { once } from "node:events";
import { SpanKind, SpanStatusCode } from "@opentelemetry/api";
import { onTestFinished, vi } from "vitest";
import { z } from "zod";

const Attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) });
const Attributes = z
  .array(Attribute)
  .default([])
  .transform((list) =>
    Object.fromEntries(list.map(({ key, value }) => [key, Object.values(value)[0]])),
  );

const CollectedSpan = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  // OTLP counts from 1, and the API from 0.
  kind: z.int().transform((kind) => SpanKind[kind - 1]),
  attributes: Attributes,
  status: z
    .object({ code: z.int().default(SpanStatusCode.UNSET), message: z.string().optional() })
    .transform(({ code, ...more }) => ({ ...more, code: SpanStatusCode[code] })),
  links: z.array(z.object({ traceId: z.string(), spanId: z.string() })).default([]),
});

const ExportRequest = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: Attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(CollectedSpan) })),
    }),
  ),
});

export type CollectedSpan = z.infer<typeof CollectedSpan> & { service: string };

/**
 * A collector of traces on a free port of this machine, until the test ends. It takes JSON (`OTEL_EXPORTER_OTLP_PROTOCOL`
 * is in `settings`). `sentText` is everything that it was sent, headers and bodies, as it came.
 */
export async function aTraceCollector() {
  const spans: CollectedSpan[] = [];
  const sent: string[] = [];
  const take = (body: string) => {
    for (const { resource, scopeSpans } of ExportRequest.parse(JSON.parse(body)).resourceSpans) {
      const service = String(resource.attributes["service.name"]);
      for (const scope of scopeSpans)
        spans.push(...scope.spans.map((span) => ({ ...span, service })));
    }
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request);
    sent.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`);
    take(body);
    response.setHeader("content-type", "application/json").end("{}");
  };
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port is open");

  const findParent = ({ parentSpanId }: CollectedSpan) =>
    spans.find(({ spanId }) => spanId === parentSpanId);
  const listNamesUpward = (span: CollectedSpan): string[] => {
    const parent = findParent(span);
    return [span.name, ...(parent === undefined ? [] : listNamesUpward(parent))];
  };
  return {
    settings: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${address.port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    },
    spans,
    sentText: () => sent.join("\n"),
    /** Names of a span and of all above it, the span itself first. */
    listNamesUpward,
    /** Waits until a span with this name has come. */
    waitForSpan: (name: string) =>
      vi.waitFor(
        () => {
          const span = spans.find((one) => one.name === name);
          if (span === undefined)
            throw new Error(`no ${name} among ${spans.map((one) => one.name).join(", ")}`);
          return span;
        },
        { timeout: 30_000, interval: 50 },
      ),
  };
}
