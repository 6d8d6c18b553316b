import { allJobs } from "@ringfence/services/jobs";
import { expect, it } from "vitest";
import { jobs } from "./jobs.ts";

it.each(["registry.sweep", "registry.watch", "blocked-list.sweep", "registry.sweep-counts"])(
  "does not let long jobs delay %s",
  (name) => {
    expect(jobs.find((job) => job.name === name)?.lane).toBe("express");
  },
);

it("gives each job one name", () => {
  const names = jobs.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

it("does every job that services queue", () => {
  const queued = allJobs.map(({ name }) => name);
  const ours = jobs.flatMap(({ name, cron }) => (cron === undefined ? [name] : []));
  expect(ours.toSorted()).toEqual(queued.toSorted());
});
