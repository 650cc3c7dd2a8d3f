// SPDX-License-Identifier: EUPL-1.2
// <ies-pulse>: every beat that comes from the console starts the wait anew; without one for too long, the element around it is marked "silent".
// The console beats every five seconds; when gateway and Postgres do not answer, asking them takes longer.
const SILENCE_MAX_MS = 25_000;

class IesPulse extends HTMLElement {
  #timer;

  connectedCallback() {
    this.#listen();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  // The page may have set a beat before this script has come; it counts as any other.
  constructor() {
    super();
    delete this.beat;
  }

  set beat(number) {
    this.#listen();
  }

  #listen() {
    clearTimeout(this.#timer);
    this.parentElement?.removeAttribute('silent');
    this.#timer = setTimeout(() => this.parentElement?.setAttribute('silent', ''), SILENCE_MAX_MS);
  }
}

customElements.define('ies-pulse', IesPulse);
