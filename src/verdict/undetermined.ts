/** Why an event stays undetermined, in the order in which the page of verdicts tells it. */
export type Undecided = 'one-sided' | 'mid-stream' | 'unpaired' | 'capture-gap' | 'ambiguous';

/** What a reader is told of a subtype that no rule stands for. */
export interface Openness {
  /** What is missing, as one clause. */
  readonly title: string;
  /** What would decide. */
  readonly decides: string;
}

/** The subtypes of `undetermined` that follow from what was captured; lost packets have a rule of their own. */
export const UNDECIDED: Readonly<Record<Undecided, Openness>> = {
  'one-sided': {
    title:
      'only one side was captured, and what it shows of the RST fits its alleged sender and a box in between alike',
    decides:
      'capture on both sides at the same time: where the RST is absent from the side of its alleged sender, it was made in between',
  },
  'mid-stream': {
    title: 'the captures began after the connection, and what they show of it is not enough',
    decides:
      'start both captures before the connections open: how they began, and how long they had been idle, decides',
  },
  unpaired: {
    title: 'both sides were captured, but on the other one nothing was found that belongs to this connection',
    decides:
      'start both captures before the connections open, with the same filter and on every backend; where the load balancer ends connections itself, its log of this time, or a header that names the client (PROXY protocol, X-Forwarded-For)',
  },
  'capture-gap': {
    title:
      'the capture that would show whether the RST left its alleged sender begins too late, ends too early or lost packets there',
    decides:
      'capture again on that side, from before the connections open until after the reset, and see that tcpdump reports no packet as dropped by the kernel',
  },
  ambiguous: {
    title: 'everything was captured, and two causes fit what it shows',
    decides:
      'the alternatives say which; the logs of the devices that they name, at the time of the finding, tell them apart',
  },
};

/** A consequence of another finding, which has that one's class where it is sure. */
export const SECONDARY: Openness = {
  title:
    'an end answered what still arrived after an earlier reset had ended its side: a consequence, of the class of its cause where that is sure, else of the end that answered',
  decides: 'a consequence of the earlier reset of the same connection; look there',
};
