/** For tests of the worker, whose own jobs no service defines. */
export { defineJob, enqueue } from "../src/platform/job.ts";
