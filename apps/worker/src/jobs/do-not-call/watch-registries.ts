import { watchRegistries as watch } from "@ringfence/services/do-not-call/registry";
import { z } from "zod";
import { defineJob } from "../platform/define-job.ts";

/** Every minute, people are told of registries that have come to need them. */
export const watchRegistries = defineJob({
  name: "registry.watch",
  lane: "express",
  cron: "* * * * *",
  payload: z.object({}),
  async run(_, { db }) {
    await watch(db);
  },
});
