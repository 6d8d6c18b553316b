import { afterEach, expect, it, vi } from "vitest";

// Stands in for a module that throws outside a Next server.
vi.mock("server-only", () => ({}));

const settings = {
  DATABASE_URL: "postgresql://nobody@127.0.0.1/none",
  AUTH_SECRET: "a secret that no installation has.",
  API_URL: "http://localhost:4000",
  TRUST_PROXY: "none",
};

/** Cookies of a server with this public address. */
async function cookiesAt(publicUrl: string) {
  vi.resetModules();
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries({ ...settings, PUBLIC_URL: publicUrl })) {
    vi.stubEnv(name, value);
  }
  const { publicCookie } = await import("./cookies");
  const { sessionCookie } = await import("./cookies");
  const { browserCookie } = await import("./cookies");
  return [publicCookie("/stop/acme", 60), sessionCookie().options, browserCookie().options];
}

afterEach(() => vi.unstubAllEnvs());

it("sends cookies only over https if the public address has https", async () => {
  for (const cookie of await cookiesAt("https://calls.example.com")) {
    expect(cookie).toMatchObject({ secure: true, httpOnly: true });
  }
});

it("works in a demo without TLS", async () => {
  for (const cookie of await cookiesAt("http://localhost:3000")) {
    expect(cookie).toMatchObject({ secure: false, httpOnly: true });
  }
});
