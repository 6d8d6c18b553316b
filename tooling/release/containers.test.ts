import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const folder = path.resolve(import.meta.dirname, "../../deploy/container");
const read = (name: string) => readFileSync(path.join(folder, name), "utf8");

const Service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  ports: z.array(z.string()).default([]),
  env_file: z.union([z.string(), z.array(z.string())]).optional(),
});
const { services } = z
  .object({ services: z.record(z.string(), Service) })
  .parse(parse(read("compose.yaml"), { merge: true }));
const { database, ...programs } = services;

it("runs an image of the Containerfile in each program", () => {
  const targets = [...read("Containerfile").matchAll(/^FROM program AS (\w+)$/gm)];
  const images = new Set(targets.map(([, target]) => `ringfence-${target}`));
  expect(images).toEqual(new Set(["ringfence-api", "ringfence-web", "ringfence-worker"]));
  expect(new Set(Object.values(programs).map(({ image }) => image))).toEqual(images);
});

it("lets programs write nowhere but to their volume, and gives them no rights", () => {
  for (const program of Object.values(programs))
    expect(program).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
    });
});

it("gives the role that owns the tables to the program that migrates, and to no other", () => {
  const owners = Object.entries(programs).filter(([, { env_file: files }]) =>
    [files].flat().includes("migrate.env"),
  );
  expect(owners.map(([name]) => name)).toEqual(["migrate"]);
  expect(read("migrate.env.example")).toContain("DATABASE_OWNER_URL=");
  expect(read("ringfence.env.example")).not.toContain("DATABASE_OWNER_URL");
});

it("opens ports on this host only, and none of PostgreSQL", () => {
  expect(database?.ports).toEqual([]);
  const ports = Object.values(programs).flatMap((program) => program.ports);
  expect(ports).toEqual(["127.0.0.1:4000:4000", "127.0.0.1:3000:3000"]);
});

it("uses commands that a release has", () => {
  const script = readFileSync(path.join(import.meta.dirname, "ringfence.sh"), "utf8");
  const commands = Object.values(programs).flatMap(({ command }) => command?.[0] ?? []);
  expect(commands).toEqual(["migrate", "worker"]);
  for (const command of commands) expect(script).toMatch(new RegExp(`\\b${command}\\b.*\\)`));
});
