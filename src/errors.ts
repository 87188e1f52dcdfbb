/**
 * The call or its input is unusable: a missing file, not a capture, a policy that cannot be read. The message is
 * one line that says what is wrong and what to do; the command line prints it as it is and exits with 2.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
}
