"""Rasa extension point: `rasa shell`; the same assistant in a terminal, with choices by number, and clean pipes."""

import asyncio
import secrets
import sys
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from runtime.admission import said
from runtime.loading import StartError, load, quiet_logs
from runtime.output import Message
from runtime.turns import Turns, clean
from signpost import site
from signpost.assistant import assistant

HELLO = "Signpost. Ctrl-D leaves. If anyone is in danger now, call {number:emergency-999}."


class Chat:
    """One conversation on a terminal or a pipe."""

    def __init__(self, agent: Any, console: Console) -> None:
        self.agent, self.console = agent, console
        self.conversation = secrets.token_urlsafe(24)
        self.turns = Turns(30, lambda: site.emergency_messages(assistant()))
        self.choices: list[str] = []

    async def reply(self, text: str) -> list[Message]:
        """Answer one line; a number picks from the last choices."""
        if text.strip().isdigit() and 1 <= int(text) <= len(self.choices):
            text = self.choices[int(text) - 1]
        if assistant().switch.state().paused:
            self.choices = []
            return [{"text": said("paused")}]
        messages = await self.turns.take(self.agent, self.conversation, clean(text))
        self.choices = [b["title"] for m in messages for b in m.get("buttons", [])]
        return messages

    def show(self, messages: list[Message], plain: bool) -> None:
        """Print messages; without decoration when plain."""
        for message in messages:
            if message.get("text"):
                if plain:
                    click.echo(message["text"])
                else:
                    urgent = (message.get("custom") or {}).get("urgent")
                    self.console.print(Text(message["text"], style="bold" if urgent else ""))
                    self.console.print()
        if self.choices:
            if not plain:
                for number, title in enumerate(self.choices, 1):
                    self.console.print(Text(f"  {number}  {title}", style="cyan"))
                self.console.print()
            else:
                click.echo("Choices: " + " | ".join(self.choices))

    async def talk(self) -> None:
        """Read lines until the end of input."""
        self.console.print(Text(assistant().services().fill(HELLO), style="dim"))
        while True:
            line = await asyncio.get_running_loop().run_in_executor(None, self._read)
            if line is None:
                return
            if line.strip():
                with self.console.status("..."):
                    messages = await self.reply(line)
                self.show(messages, plain=False)

    def _read(self) -> str | None:
        try:
            return str(self.console.input("[bold]> [/bold]"))
        except (EOFError, KeyboardInterrupt):
            return None


async def _chat(agent: Any, say: str | None) -> None:
    console = Console(highlight=False, soft_wrap=False)
    chat = Chat(agent, console)
    if say is not None:
        chat.show(await chat.reply(say), plain=True)
    elif sys.stdin.isatty():
        await chat.talk()
    else:
        for line in sys.stdin:
            if line.strip():
                chat.show(await chat.reply(line), plain=True)
                click.echo("")


@click.command()
@click.option("--say", help="Answer this one message and exit.")
def main(say: str | None) -> None:
    """Chat with Signpost here; lines piped in are answered one by one."""
    quiet_logs()
    try:
        agent, _endpoints = load()
    except StartError as error:
        raise click.ClickException(str(error)) from None
    try:
        asyncio.run(_chat(agent, say))
    except KeyboardInterrupt:
        click.echo("")


if __name__ == "__main__":
    main()
