import { ProxyTracerProvider, context, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { setGlobalErrorHandler } from "@opentelemetry/core";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtobufExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { ATTR_SERVICE_NAME, ATTR_SERVICE_NAMESPACE } from "@opentelemetry/semantic-conventions";
import type { Settings, tracingSettings } from "@ringfence/core/platform/settings";
import { TRACER_NAME } from "@ringfence/db/span";

type TracingSettings = Settings<(typeof tracingSettings)[number]>;

type Options = {
  program: "api" | "worker" | "web";
  settings: TracingSettings;
  /** Reports why spans were not sent, at most once a minute. */
  report: (error: unknown) => void;
  /** Clock, in milliseconds. */
  now: () => number;
};

export type Tracing = {
  /** Sends what is left, and returns after two seconds at the latest. */
  stop: () => Promise<void>;
};

/** Time between a span's end and the request that sends it, with all others of that time. */
const DELAY_MS = 1_000;
/** Time that the collector gets to take spans. Meanwhile up to `MAX_SPANS` wait; all others are dropped. */
const SEND_MS = 5_000;
const MAX_SPANS = 8_192;
const STOP_MS = 2_000;
const REPORT_MS = 60_000;

/**
 * Starts to record traces and send them to the collector; null if none is set. Nothing waits for the collector: spans
 * that it does not take in time are dropped.
 */
export function startTracing({ program, settings, report, now }: Options): Tracing | null {
  const endpoint = settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  if (endpoint === undefined) return null;
  const Exporter =
    settings.OTEL_EXPORTER_OTLP_PROTOCOL === "http/json" ? JsonExporter : ProtobufExporter;
  const exporter = new Exporter({
    url: `${endpoint}/v1/traces`,
    headers: settings.OTEL_EXPORTER_OTLP_HEADERS,
    timeoutMillis: SEND_MS,
  });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      [ATTR_SERVICE_NAME]: settings.OTEL_SERVICE_NAME ?? `ringfence-${program}`,
      [ATTR_SERVICE_NAMESPACE]: "ringfence",
    }),
    sampler: createSampler(settings),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter,
        scheduledDelayMillis: DELAY_MS,
        exportTimeoutMillis: SEND_MS,
        maxQueueSize: MAX_SPANS,
      }),
    ],
  });
  setGlobalErrorHandler(atMostOnceAMinute(report, now));
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const nothing = new ProxyTracerProvider();
  trace.setGlobalTracerProvider({
    // Spans of libraries, such as Next's, contain addresses, and these contain numbers and tokens of links.
    getTracer: (name, ...more) =>
      (name === TRACER_NAME ? provider : nothing).getTracer(name, ...more),
  });
  return {
    async stop() {
      const sent = provider.shutdown().catch(report);
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, STOP_MS);
      await Promise.race([sent, late]);
      clearTimeout(timer);
    },
  };
}

function createSampler({
  OTEL_TRACES_SAMPLER: name,
  OTEL_TRACES_SAMPLER_ARG: ratio,
}: TracingSettings): Sampler {
  const isParentBased = name.startsWith("parentbased_");
  const root = createRootSampler(isParentBased ? name.slice("parentbased_".length) : name, ratio);
  return isParentBased ? new ParentBasedSampler({ root }) : root;
}

function createRootSampler(name: string, ratio: number): Sampler {
  if (name === "always_off") return new AlwaysOffSampler();
  return name === "traceidratio" ? new TraceIdRatioBasedSampler(ratio) : new AlwaysOnSampler();
}

function atMostOnceAMinute(report: Options["report"], now: () => number) {
  let reportedAt = Number.NEGATIVE_INFINITY;
  return (error: unknown) => {
    if (now() - reportedAt < REPORT_MS) return;
    reportedAt = now();
    report(error);
  };
}
