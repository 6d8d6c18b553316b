"use client";
import type { Route } from "next";
import { AuthenticatorSetup } from "./authenticator-setup";

/** Sets up the factor without which a member can open no other page, and then opens `from`. */
export const FirstFactor = ({ from }: { from: Route }) => (
  // A full page load, because the router still holds pages that were rendered before.
  <AuthenticatorSetup onDone={() => window.location.assign(from)} />
);
