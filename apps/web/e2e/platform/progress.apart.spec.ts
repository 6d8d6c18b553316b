import { expect } from "@playwright/test";
import { exampleGroup } from "./example-group";
import { expectReadableAnywhere } from "./looks";
import { test } from "./test";

const { signedInPage, installation, organizationId } = exampleGroup();

/** Starts a job on another worker, with a quarter of it done. */
async function startElsewhere(job: "registry.sync" | "scrub.run", subjectId: string) {
  // The heartbeat is an hour ahead, so that no worker takes the run over.
  const heartbeatAt = new Date(Date.now() + 3_600_000);
  await installation.db.prisma.run.create({
    data: {
      organizationId: organizationId(),
      job,
      subjectId,
      status: "running",
      worker: "elsewhere",
      attempt: 1,
      progress: { rows: 1_200_000, bytes: 15_000_000, totalBytes: 60_000_000 },
      createdAt: heartbeatAt,
      startedAt: new Date(heartbeatAt.getTime() - 60_000),
      heartbeatAt,
    },
  });
}

test("a reading shows its progress in lines and bytes, and the time left", async ({ browser }) => {
  const where = { organizationId: organizationId(), code: "GB-TPS" };
  const { id } = await installation.db.prisma.registry.findFirstOrThrow({ where });
  await startElsewhere("registry.sync", id);

  const page = await signedInPage(browser, "officer", `/registries/${id}`);

  const main = page.getByRole("main");
  await expect(main.getByRole("progressbar", { name: "Updating" })).toHaveAttribute("value", "25");
  await expect(main).toContainText("15 MB of 60 MB read. 1,200,000 lines so far.");
  await expect(main).toContainText("3 minutes");
  await expectReadableAnywhere(page, "a registry that is being read");
});

test("a screening of a file shows its progress in rows, and the time left", async ({ browser }) => {
  const { id } = await installation.db.prisma.scrub.create({
    data: {
      organizationId: organizationId(),
      fileName: "spring.csv",
      bytes: 60_000_000,
      settings: { header: true, purpose: "marketing" },
      createdAt: new Date(),
      actor: { type: "job", name: "scrub.run" },
    },
  });
  await startElsewhere("scrub.run", id);

  const page = await signedInPage(browser, "officer", `/scrubs/${id}`);

  const main = page.getByRole("main");
  await expect(main.getByRole("progressbar", { name: "Screening" })).toHaveAttribute("value", "25");
  await expect(main).toContainText("1,200,000 rows so far.");
  await expect(main).toContainText("3 minutes");
  await expectReadableAnywhere(page, "a file that is being screened");
});
