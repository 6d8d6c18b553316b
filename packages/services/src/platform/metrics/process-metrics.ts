import type { Db } from "@ringfence/db";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";

/**
 * Creates the metrics that every process has: those of Node (memory, processor, lag of the event loop), and the
 * connections of its pool. They contain nothing about a person.
 */
export function createProcessMetrics(db: Pick<Db, "pool">): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const connections = new Gauge({
    name: "ringfence_database_connections",
    help: "Connections of the pool, and requests that wait for one.",
    labelNames: ["state"],
    registers: [],
    collect() {
      const { pool } = db;
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "busy" }, pool.totalCount - pool.idleCount);
      this.set({ state: "waiting" }, pool.waitingCount);
    },
  });
  registry.registerMetric(connections);
  return registry;
}
