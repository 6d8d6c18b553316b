/** The most bytes of request bodies in the memory of a process: of all senders, and of each. */
export type BodyRoom = { totalBytes: number; senderBytes: number };

/** Gives the room back; called again it does nothing. */
export type Release = () => void;

/** Takes room for a body before any of it is read; null where there is not enough left. */
export type TakeRoom = (sender: string, bytes: number) => Release | null;

/** Counts the bytes of bodies that a process holds, so that nobody can fill its memory. */
export function createBodyBudget({ totalBytes, senderBytes }: BodyRoom): TakeRoom {
  const held = new Map<string, number>();
  let total = 0;

  const add = (sender: string, bytes: number) => {
    total += bytes;
    const theirs = (held.get(sender) ?? 0) + bytes;
    if (theirs > 0) held.set(sender, theirs);
    else held.delete(sender);
  };

  return (sender, bytes) => {
    const theirs = held.get(sender) ?? 0;
    if (total + bytes > totalBytes || theirs + bytes > senderBytes) return null;
    add(sender, bytes);
    let isHeld = true;
    return () => {
      if (isHeld) add(sender, -bytes);
      isHeld = false;
    };
  };
}
