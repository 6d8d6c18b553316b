"use client";
import { findNonce } from "@ringfence/core/do-not-call/burst";
import { useEffect, useRef } from "react";

type ProofOfWorkProps = { challenge: string };

/** Takes a slow phone a few milliseconds, so that typing and the button never lag. */
const TRIES_PER_TURN = 200;

/**
 * Does the proof of work in small parts while the person types, and puts the result into the form. A form
 * that is sent before it is done, or without scripts, opts out all the same.
 */
export function ProofOfWork({ challenge }: ProofOfWorkProps) {
  const field = useRef<HTMLInputElement>(null);
  // The browser itself submits the form: it reads the field and not React's state.
  useEffect(() => {
    let timer = 0;
    const work = (from: number) => {
      const nonce = findNonce(challenge, from, TRIES_PER_TURN);
      if (nonce === null) timer = window.setTimeout(work, 0, from + TRIES_PER_TURN);
      else if (field.current) field.current.value = nonce;
    };
    timer = window.setTimeout(work, 0, 0);
    return () => window.clearTimeout(timer);
  }, [challenge]);
  return (
    <>
      <input type="hidden" name="challenge" value={challenge} />
      <input type="hidden" name="nonce" ref={field} defaultValue="" />
    </>
  );
}
