// What operators watch: the alerts and dashboards of deploy/, run by a real Prometheus against an API, a worker
// and the built pages.
import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { EndpointEvent } from "@ringfence/core/do-not-call/endpoint";
import { aNumber, aSeller } from "@ringfence/db/testing";
import { createWebhook } from "@ringfence/services/do-not-call/endpoint";
import { connectRegistry } from "@ringfence/services/do-not-call/registry";
import { aTraceCollector } from "@ringfence/services/testing/trace-collector";
import getPort from "get-port";
import { expect, it, vi } from "vitest";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { openClient } from "../testing/callable-person.ts";
import { aKeyIn } from "../testing/listening.ts";
import {
  aFolder,
  anInstallation,
  hasPages,
  metricsToken,
  start,
  untilReady,
} from "../testing/programs.ts";

const root = path.resolve(import.meta.dirname, "../../..");
const deploy = path.join(root, "deploy");
const hasPrometheus =
  spawnSync("prometheus", ["--version"]).status === 0 &&
  spawnSync("promtool", ["--version"]).status === 0;
if (!hasPrometheus)
  console.warn("The alerts and dashboards are not checked: there is no prometheus and promtool.");

const within = { timeout: 30_000, interval: 250 };

const Rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          annotations: z.record(z.string(), z.string()),
        }),
      ),
    }),
  ),
});
const alerts = Rules.parse(
  parse(readFileSync(path.join(deploy, "prometheus/alerts.yml"), "utf8")),
).groups.flatMap(({ rules }) => rules);

const Dashboard = z.object({
  panels: z.array(
    z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) }),
  ),
});
const panels = readdirSync(path.join(deploy, "grafana")).flatMap((name) =>
  Dashboard.parse(
    JSON.parse(readFileSync(path.join(deploy, "grafana", name), "utf8")),
  ).panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ title, expr }))),
);

const Answer = z.object({
  status: z.literal("success"),
  data: z.object({ result: z.array(z.object({ metric: z.record(z.string(), z.string()) })) }),
});

/**
 * The three programs, which record traces, with a key to the API, about an organization with a registry and a webhook
 * that fail.
 */
async function scene() {
  const { settings } = await aTraceCollector();
  const { db, ports, urls, programs } = await anInstallation(settings);
  const { ctx, authorization } = await aKeyIn(db, "screen", "opt-outs:write");
  const { organizationId } = ctx;
  const { registryId } = await connectRegistry(ctx, {
    code: "US-FTC-DNC",
    name: "National Do Not Call Registry",
    format: { reader: "us-dnc" },
    source: { kind: "http", url: "https://registry.example/list" },
    maxAgeDays: 31,
    maxShrinkShare: 0.02,
  });
  const longAgo = new Date(Date.now() - 60 * 86_400_000);
  await db.prisma.registry.updateMany({
    where: { organizationId, id: registryId },
    data: { verifiedAt: longAgo },
  });
  await db.prisma.registryAlert.create({
    data: { organizationId, registryId, kind: "stale", message: {}, since: longAgo },
  });
  await createWebhook(ctx, {
    reason: "The dialer has a list of its own.",
    name: "Dialer",
    url: "https://dialer.example/hook",
    events: [...EndpointEvent.options],
  });
  await aSeller(db, organizationId);
  await db.pool.query(`SELECT graphile_worker.add_job('nobody-does-this', '{}')`);
  const [api, worker, web] = [programs.api(), programs.worker(), programs.web()];
  await Promise.all([untilReady(urls.api, api), untilReady(urls.web, web)]);
  return {
    organizationId,
    ports: {
      "ringfence-api": ports.api,
      "ringfence-worker": ports.worker,
      "ringfence-web": ports.web,
    },
    worker,
    web,
    urls,
    client: openClient(urls.api, authorization),
  };
}

const ExemplarAnswer = z.object({
  status: z.literal("success"),
  data: z.array(
    z.object({
      seriesLabels: z.record(z.string(), z.string()),
      exemplars: z.array(z.object({ labels: z.record(z.string(), z.string()) })),
    }),
  ),
});

/** Formats of metrics, as Prometheus calls them: the one that it prefers, and the one of older versions. */
const formats = ["OpenMetricsText1.0.0", "PrometheusText0.0.4"] as const;

/**
 * A Prometheus with the example's settings, which asks every half second for metrics in one format, and waits for no
 * alert. It stores exemplars.
 */
async function aPrometheus(ports: Record<string, number>, format: (typeof formats)[number]) {
  const folder = aFolder();
  const settings = z
    .looseObject({ scrape_configs: z.array(z.looseObject({ job_name: z.string() })) })
    .parse(parse(readFileSync(path.join(deploy, "prometheus/prometheus.yml"), "utf8")));
  const rules = readFileSync(path.join(deploy, "prometheus/alerts.yml"), "utf8");
  writeFileSync(path.join(folder, "alerts.yml"), rules.replaceAll(/for: \d+m/g, "for: 0s"));
  const changed = {
    ...settings,
    global: {
      scrape_interval: "500ms",
      evaluation_interval: "500ms",
      scrape_protocols: [format],
    },
    scrape_configs: settings.scrape_configs.map((job) => ({
      ...job,
      authorization: { credentials: metricsToken },
      static_configs: [{ targets: [`127.0.0.1:${ports[job.job_name] ?? 0}`] }],
    })),
  };
  const file = path.join(folder, "prometheus.yml");
  writeFileSync(file, stringify(changed));
  const port = await getPort();
  start("prometheus", [
    `--config.file=${file}`,
    `--storage.tsdb.path=${path.join(folder, "data")}`,
    `--web.listen-address=127.0.0.1:${port}`,
    "--enable-feature=exemplar-storage",
  ]);
  const ask = async (what: "query" | "query_exemplars", query: Record<string, string>) => {
    const answer = await fetch(
      `http://127.0.0.1:${port}/api/v1/${what}?${new URLSearchParams(query)}`,
    );
    return answer.json();
  };
  return {
    format,
    query: async (expr: string) => {
      const query = expr.replaceAll("$__rate_interval", "10s");
      return Answer.parse(await ask("query", { query })).data.result;
    },
    /** Lists the exemplars of these series, with the program and route of the series. */
    listExemplars: async (query: string) => {
      const day = { start: "2020-01-01T00:00:00Z", end: "2100-01-01T00:00:00Z" };
      const { data } = ExemplarAnswer.parse(await ask("query_exemplars", { query, ...day }));
      return data.flatMap(({ seriesLabels: { job, route }, exemplars }) =>
        exemplars.map(({ labels: { trace_id: traceId } }) => ({ job, route, traceId })),
      );
    },
  };
}

/** A caller's trace, which is recorded. */
const traceId = "0af7651916cd43dd8448eb211c80319c";
const traceparent = `00-${traceId}-b7ad6b7169203331-01`;

it.skipIf(!hasPrometheus)("has alerts that fire at their limits, and not before", () => {
  const { status, stdout, stderr } = spawnSync("promtool", ["test", "rules", "alerts.test.yml"], {
    cwd: path.join(deploy, "prometheus"),
    encoding: "utf8",
  });
  expect({ status, says: stdout + stderr }).toMatchObject({ status: 0 });
  const tested = readFileSync(path.join(deploy, "prometheus/alerts.test.yml"), "utf8");
  for (const { alert } of alerts) {
    expect(tested).toContain(`name: ${alert} fires`);
    expect(tested).toContain(`name: ${alert} does not fire`);
  }
});

it("has a paragraph on what to do for each alert", () => {
  const page = readFileSync(path.join(root, "docs/operations.md"), "utf8");
  for (const { alert, annotations } of alerts) {
    expect(annotations["runbook"]).toBe(`docs/operations.md#${alert.toLowerCase()}`);
    expect(page).toContain(`\n#### ${alert}\n`);
  }
});

it.skipIf(!hasPrometheus || !hasPages)(
  "shows a figure in each panel, and fires when the worker or the pages stop",
  { timeout: 120_000 },
  async () => {
    const { organizationId, ports, worker, web, urls, client } = await scene();
    const [open, plain] = [
      await aPrometheus(ports, "OpenMetricsText1.0.0"),
      await aPrometheus(ports, "PrometheusText0.0.4"),
    ];
    const { query } = open;
    expect(await client.refuse(aNumber())).toMatchObject({ status: 201 });

    await vi.waitFor(async () => {
      const screening = { phone: aNumber(), purpose: "marketing.loans" };
      expect(await client.post("screenings", screening, { traceparent })).toMatchObject({
        status: 200,
        answer: { verdict: "refuse" },
      });
      const page = `${urls.web}/stop/2025550143?lang=ru`;
      expect((await fetch(page, { headers: { traceparent } })).status).toBe(404);
      const empty: string[] = [];
      for (const { title, expr } of panels)
        for (const prometheus of [open, plain])
          if ((await prometheus.query(expr)).length === 0)
            empty.push(`${title}: ${expr} (${prometheus.format})`);
      expect(empty).toEqual([]);
      const exemplars = await open.listExemplars("http_request_duration_seconds_bucket");
      expect(exemplars).toEqual(
        expect.arrayContaining([
          { job: "ringfence-api", route: "/v1/screenings", traceId },
          { job: "ringfence-web", route: "/stop/[organization]", traceId },
        ]),
      );
    }, within);
    expect(await plain.listExemplars("http_request_duration_seconds_bucket")).toEqual([]);
    for (const { expr } of alerts) await query(expr);
    const listFiring = async () =>
      (await query('ALERTS{alertstate="firing"}')).map(({ metric }) => metric["alertname"]);
    expect(await listFiring()).toContain("RegistryTooOld");
    for (const alert of ["WorkerSilent", "WebSilent"])
      expect(await listFiring()).not.toContain(alert);
    const routes = await query('http_request_duration_seconds_count{job="ringfence-web"}');
    expect(routes.map(({ metric }) => metric["route"])).toContain("/stop/[organization]");

    await Promise.all([worker.stop(), web.stop()]);

    await vi.waitFor(
      async () =>
        expect(await listFiring()).toEqual(expect.arrayContaining(["WorkerSilent", "WebSilent"])),
      within,
    );
    const all = JSON.stringify(await query('{__name__=~"ringfence_.+|http_.+"}'));
    expect(all).not.toContain(organizationId);
    expect(all).not.toMatch(/Dialer|dialer\.example|\+?\d{10}/);
  },
);
