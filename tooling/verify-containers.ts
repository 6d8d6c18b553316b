// `pnpm verify:containers ARCHIVE`: builds the images of deploy/container from a release, on the Debian of
// `pnpm verify:release`, and starts their file system as that does. Needs Linux, root, debootstrap and buildah; no registry.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { CannotStart } from "@ringfence/db/postgres";
import { prepareDebian } from "./release/debian.ts";
import { root } from "./supervisor/installation-settings.ts";
import { stopWithError } from "./supervisor/shutdown.ts";
import { createCheck, report, type Tally } from "./tally.ts";

const targets = ["api", "web", "worker"] as const;
const base = "localhost/ringfence-base";

const tally: Tally = { passed: 0, failed: [] };
const check = createCheck(tally);

function verify(archive: string | undefined) {
  if (archive === undefined) throw new CannotStart("pnpm verify:containers ARCHIVE");
  const debian = path.join(root, ".ringfence/debian");
  prepareDebian(debian);
  const store = mkdtempSync(path.join(tmpdir(), "ringfence-containers-"));
  const buildah = createBuildah(store);
  try {
    buildBase(buildah, debian);
    for (const target of targets) buildImage(buildah, target, path.resolve(archive));
    const images = targets.map((target) => ({ target, ...readImage(buildah, target) }));
    for (const { target, user, healthCheck, command } of images) {
      check(`the image of ${target} runs as a user without rights`, user === "10001:10001", user);
      const health = `bin/ringfence health ${target}`;
      check(`it asks ${target} whether it is ready`, healthCheck === health, healthCheck);
      check(`it runs ${target}`, command === `bin/ringfence ${target}`, command);
    }
    const systems = new Set(images.map(({ layers }) => layers.join()));
    check("all images have the same files", systems.size === 1, String(systems.size));
    report(tally);
    startFileSystem(buildah("mount", buildah("from", "api")));
  } finally {
    buildah("rm", "--all");
    rmSync(store, { recursive: true });
  }
}

type Buildah = (...args: string[]) => string;

/** Creates a function that runs buildah with images of its own, below `store`, and returns what it prints. */
function createBuildah(store: string): Buildah {
  const where = ["--root", path.join(store, "images"), "--runroot", path.join(store, "run")];
  return (...args) =>
    execFileSync("buildah", [...where, "--storage-driver", "vfs", ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "inherit"],
    }).trim();
}

/** Makes an image of the minimal Debian, because none can be pulled. */
function buildBase(buildah: Buildah, debian: string) {
  const container = buildah("from", "scratch");
  execFileSync("cp", ["--archive", `${debian}/.`, buildah("mount", container)]);
  buildah("umount", container);
  buildah("commit", "--quiet", "--rm", container, base);
}

function buildImage(buildah: Buildah, target: string, archive: string) {
  const begun = performance.now();
  const options = [
    ["--quiet", "--isolation", "chroot", "--format", "docker", "--pull=never", "--layers"],
    // Otherwise buildah raises these limits, which not every machine allows.
    ["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096"],
    ["--build-arg", `BASE=${base}`, "--build-arg", `PACKAGE=${path.basename(archive)}`],
    ["--target", target, "--tag", target],
    ["--file", path.join(root, "deploy/container/Containerfile"), path.dirname(archive)],
  ];
  buildah("build", ...options.flat());
  console.log(`${target} built in ${((performance.now() - begun) / 1_000).toFixed(1)} s`);
}

const Inspected = z.object({
  Docker: z.object({
    config: z.object({
      User: z.string(),
      Entrypoint: z.array(z.string()),
      Cmd: z.array(z.string()),
      Healthcheck: z.object({ Test: z.array(z.string()) }),
    }),
    rootfs: z.object({ diff_ids: z.array(z.string()) }),
  }),
});

/** Reads what an image says of itself: its user, its command, its health check and the hashes of its layers. */
function readImage(buildah: Buildah, image: string) {
  const { Docker } = Inspected.parse(JSON.parse(buildah("inspect", "--type", "image", image)));
  const { User, Entrypoint, Cmd, Healthcheck } = Docker.config;
  const [, ...test] = Healthcheck.Test; // the first is "CMD"
  return {
    user: User,
    command: [...Entrypoint, ...Cmd].join(" "),
    healthCheck: test.join(" "),
    layers: Docker.rootfs.diff_ids,
  };
}

/** Starts the programs in the file system of an image, read-only and without a network. */
function startFileSystem(folder: string) {
  const alone = ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
  const program = [process.execPath, path.join(root, "tooling/release/run-in-root.ts"), folder];
  const { status } = spawnSync("unshare", [...alone, ...program], { stdio: "inherit" });
  process.exitCode = status === 0 ? process.exitCode : (status ?? 1);
}

try {
  verify(process.argv[2]);
} catch (error) {
  await stopWithError(error);
}
