import { type Metric, type OpenMetricsContentType, Registry } from "prom-client";

/** A page of metrics, in the format that was asked for. */
export type MetricsPage = { contentType: string; text: string };

/**
 * Reads metrics as OpenMetrics if the scraper asks for it by `Accept`, as Prometheus does, and otherwise as plain text.
 * Only OpenMetrics shows ids of traces (exemplars).
 */
export async function readMetrics(
  registry: Registry,
  accept: string | undefined,
): Promise<MetricsPage> {
  const read = accept?.includes("application/openmetrics-text")
    ? toOpenMetrics(registry)
    : registry;
  return { contentType: read.contentType, text: await read.metrics() };
}

/**
 * Copies a registry. The library takes the suffix of counters away when it writes OpenMetrics, and never gives it back,
 * so it gets objects of which only the name is their own.
 */
function toOpenMetrics(registry: Registry) {
  const open: Registry<OpenMetricsContentType> = new Registry();
  open.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  for (const metric of registry.getMetricsAsArray()) {
    const { name } = metric;
    const copy: Metric = Object.create(metric, { name: { value: name, writable: true } });
    open.registerMetric(copy);
  }
  return open;
}
