extension UpgradeSchema {
  /// schemas/upgrade/upgrade.schema.json, written here by scripts/embed-upgrade-schema.sh.
  package static let text = #"""
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": "https://cfgmigrate.example/schemas/upgrade/upgrade.schema.json",
      "title": "upgrade.yaml",
      "description": "An upgrade of a platform. See docs/upgrade.md.",
      "type": "object",
      "required": ["upgrade", "from", "to", "steps"],
      "additionalProperties": false,
      "properties": {
        "$schema": {"type": "string", "description": "Where editors find this schema."},
        "upgrade": {"$ref": "#/$defs/id", "description": "The name of the upgrade; its runs are kept under it."},
        "title": {"type": "string", "description": "What people read."},
        "product": {"type": "string", "minLength": 1, "description": "The product, as its product.yaml names it."},
        "from": {"$ref": "#/$defs/version", "description": "The version that is there."},
        "to": {"$ref": "#/$defs/version", "description": "The version to go to."},
        "components": {
          "description": "The parts of the platform, each with those that are upgraded before it.",
          "type": "object",
          "propertyNames": {"$ref": "#/$defs/id"},
          "additionalProperties": {
            "type": ["object", "null"],
            "additionalProperties": false,
            "properties": {"after": {"$ref": "#/$defs/ids", "description": "Components that are upgraded before this one."}}
          }
        },
        "preflight": {"type": "array", "items": {"$ref": "#/$defs/check"}, "description": "What is looked at before anything changes."},
        "steps": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}, "description": "What is done, in order."},
        "watch": {"type": "array", "items": {"$ref": "#/$defs/gate"}, "description": "Gates that are asked during the whole run."},
        "on-failure": {"enum": ["rollback", "stop"], "description": "What becomes of the steps before one that failed; rollback where nothing is said."},
        "side-by-side": {"type": "integer", "minimum": 1, "maximum": 16, "description": "How many steps may run at the same time; 4 where nothing is said."},
        "notify": {"type": "array", "items": {"$ref": "#/$defs/channel"}, "description": "Who is told what becomes of a run."},
        "emergencies": {
          "description": "Named lists of steps, for `upgrade emergency NAME`.",
          "type": "object",
          "propertyNames": {"$ref": "#/$defs/id"},
          "additionalProperties": {
            "type": "object",
            "required": ["steps"],
            "additionalProperties": false,
            "properties": {
              "title": {"type": "string", "description": "What people read."},
              "go-on": {"type": "boolean", "description": "Whether the next step is done after one that failed; true where nothing is said."},
              "steps": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/step"}, "description": "What is done, one after the other."}
            }
          }
        },
        "window": {
          "description": "When it may run.",
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "utc-offset": {"type": "string", "pattern": "^([+-][0-9]{2}:[0-9]{2}|Z)$", "description": "Of the times of day below; UTC where nothing is said."},
            "open": {
              "description": "Stretches of each week; at any time where nothing is said.",
              "type": "array",
              "items": {
                "type": "object",
                "required": ["from", "to"],
                "additionalProperties": false,
                "properties": {
                  "days": {"type": "array", "items": {"enum": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}, "description": "Every day where nothing is said."},
                  "from": {"$ref": "#/$defs/time-of-day", "description": "When it opens."},
                  "to": {"$ref": "#/$defs/time-of-day", "description": "When it closes; on the next day where that is not later than from."}
                }
              }
            },
            "blackouts": {
              "description": "Stretches in which nothing may run.",
              "type": "array",
              "items": {
                "type": "object",
                "required": ["from", "to", "reason"],
                "additionalProperties": false,
                "properties": {
                  "from": {"type": "string", "description": "2026-12-24T00:00:00Z"},
                  "to": {"type": "string", "description": "Its end."},
                  "reason": {"type": "string", "minLength": 1, "description": "What is then."}
                }
              }
            }
          }
        },
        "communication": {
          "description": "Who is told before.",
          "type": "array",
          "items": {
            "type": "object",
            "required": ["audience"],
            "additionalProperties": false,
            "properties": {
              "audience": {"type": "string", "minLength": 1, "examples": ["business", "operations", "development", "end users"], "description": "Who is told."},
              "contacts": {"type": "array", "items": {"type": "string"}, "description": "Addresses, for the texts that are written."},
              "lead": {"$ref": "#/$defs/duration", "description": "How long before the upgrade they are told; at least 72h."},
              "message": {"type": "string", "description": "Its own text; {name}, {from}, {to}, {begin} and {end} stand for what they say."}
            }
          }
        },
        "resources": {"$ref": "#/$defs/texts", "description": "Who and what must be at hand."},
        "validation": {"$ref": "#/$defs/texts", "description": "What people look at when all is done."},
        "preparation-time": {"$ref": "#/$defs/estimate", "description": "How long it takes before the first step."},
        "validation-time": {"$ref": "#/$defs/estimate", "description": "How long people look at it after the last step."}
      },
      "$defs": {
        "id": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$", "maxLength": 80},
        "ids": {"type": "array", "items": {"$ref": "#/$defs/id"}},
        "texts": {"type": "array", "items": {"type": "string"}},
        "version": {"type": ["string", "number"]},
        "duration": {"type": "string", "pattern": "^[0-9]", "examples": ["30s", "10m", "1h30m"]},
        "size": {"type": ["string", "integer"], "examples": ["512MB", "2GiB"]},
        "percent": {"type": ["string", "integer"], "examples": ["80%"]},
        "time-of-day": {"type": "string", "pattern": "^[0-9]{1,2}:[0-9]{2}$", "examples": ["01:00"]},
        "command": {"type": "array", "minItems": 1, "items": {"type": ["string", "number"]}, "description": "A program and its arguments; no shell reads it."},
        "secret": {
          "type": "object",
          "minProperties": 1,
          "maxProperties": 1,
          "additionalProperties": false,
          "properties": {
            "env": {"type": "string", "minLength": 1, "description": "The variable that holds it."},
            "file": {"type": "string", "minLength": 1, "description": "The file that holds it."}
          }
        },
        "secrets": {"type": "object", "additionalProperties": {"$ref": "#/$defs/secret"}},
        "variables": {"type": "object", "additionalProperties": {"type": ["string", "number"]}},
        "estimate": {
          "type": "object",
          "required": ["likely"],
          "additionalProperties": false,
          "properties": {
            "min": {"$ref": "#/$defs/duration", "description": "At least."},
            "likely": {"$ref": "#/$defs/duration", "description": "As a rule."},
            "max": {"$ref": "#/$defs/duration", "description": "At most."}
          }
        },
        "retry": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "attempts": {"type": "integer", "minimum": 1, "maximum": 100, "description": "How often it is tried in all. Without retry a step is tried once, a notification three times."},
            "wait": {"$ref": "#/$defs/duration", "description": "The pause before the second attempt; 1s where nothing is said."},
            "factor": {"type": "integer", "minimum": 1, "maximum": 10, "description": "How many times longer each further pause is; 2 where nothing is said."},
            "longest-wait": {"$ref": "#/$defs/duration", "description": "No pause is longer; 1m where nothing is said."},
            "jitter": {"$ref": "#/$defs/percent", "description": "By how much a pause is shorter or longer, by chance; 20% where nothing is said."}
          }
        },
        "step": {
          "type": "object",
          "required": ["id"],
          "additionalProperties": false,
          "properties": {
            "id": {"$ref": "#/$defs/id", "description": "Its name in the journal and in commands."},
            "title": {"type": "string", "description": "What people read."},
            "component": {"$ref": "#/$defs/id", "description": "The part of the platform that it belongs to."},
            "after": {"$ref": "#/$defs/ids", "description": "Steps that come before this one."},
            "timeout": {"$ref": "#/$defs/duration", "description": "Of one attempt; 1h where nothing is said."},
            "undo-timeout": {"$ref": "#/$defs/duration", "description": "Of one attempt to take it back; timeout, and 10m at least, where nothing is said."},
            "retry": {"$ref": "#/$defs/retry", "description": "How often it is tried."},
            "estimate": {"$ref": "#/$defs/estimate", "description": "How long it takes, while no runs of before tell it."},
            "approve": {"type": "boolean", "description": "Whether someone must approve it before it begins."},
            "gates": {"type": "array", "items": {"$ref": "#/$defs/gate"}, "description": "Questions whose answers let it go on, or stop it."},
            "run": {"$ref": "#/$defs/step-run", "description": "Commands."},
            "deploy": {"$ref": "#/$defs/step-run", "description": "Commands that bring another version of programs."},
            "configure": {"$ref": "#/$defs/step-configure", "description": "Takes configuration sets to their new version."},
            "data": {"$ref": "#/$defs/step-data", "description": "Databases, by scripts; their backups, exports and restores."}
          }
        },
        "database": {
          "type": "object",
          "additionalProperties": false,
          "description": "One of postgresql, mariadb, sqlite and redis, and how it is reached.",
          "properties": {
            "postgresql": {"type": "string", "minLength": 1, "description": "The database's name."},
            "mariadb": {"type": "string", "minLength": 1, "description": "The database's name; also of MySQL."},
            "sqlite": {"type": "string", "minLength": 1, "description": "The file."},
            "redis": {"type": "string", "minLength": 1, "description": "What people call it; only for backups."},
            "host": {"type": "string"},
            "socket": {"type": "string", "description": "PostgreSQL: the directory of the socket; MariaDB: the socket."},
            "port": {"type": "integer", "minimum": 1, "maximum": 65535},
            "user": {"type": "string"},
            "password": {"$ref": "#/$defs/secret"}
          }
        },
        "step-data": {
          "type": "object",
          "required": ["database"],
          "additionalProperties": false,
          "description": "Runs the scripts of a directory; or, with `backup`, `export` or `restore`, does that.",
          "properties": {
            "database": {"$ref": "#/$defs/database"},
            "scripts": {"type": "string", "description": "The directory of V, R and U scripts."},
            "phase": {"enum": ["expand", "contract"], "description": "expand where nothing is said."},
            "to": {"$ref": "#/$defs/version", "description": "The last version; all where nothing is said."},
            "baseline": {"$ref": "#/$defs/version", "description": "The version of a database that has tables and no history."},
            "undo": {"enum": ["scripts", "stays"], "description": "scripts: the way back runs U scripts. stays, where nothing is said: what was added stays."},
            "history": {"type": "string", "description": "The name of the history's table; cfgmigrate_history where nothing is said."},
            "lock-timeout": {"$ref": "#/$defs/duration", "description": "500ms where nothing is said."},
            "out-of-order": {"type": "boolean"},
            "queries": {"type": "object", "additionalProperties": {"type": "string"}, "description": "With scripts: what the old version asks. With export: what is kept."},
            "backup": {"type": "string", "description": "The directory of backups."},
            "export": {"type": "string", "description": "The directory of exports."},
            "restore": {"type": "string", "description": "The directory of one backup."},
            "accept-loss": {"type": "boolean", "description": "With restore: what was written since the backup is lost."}
          }
        },
        "step-run": {
          "type": "object",
          "required": ["apply"],
          "additionalProperties": false,
          "properties": {
            "apply": {"$ref": "#/$defs/command", "description": "Does it."},
            "probe": {"$ref": "#/$defs/command", "description": "Ends with 0 where the effect is there, 1 where it is not, 2 where a part of it is."},
            "check": {"$ref": "#/$defs/command", "description": "Ends with 0 where the step could run. Changes nothing."},
            "capture": {"$ref": "#/$defs/command", "description": "Prints what undo needs; it gets it on its standard input."},
            "verify": {"$ref": "#/$defs/command", "description": "Ends with 0 where it had its effect."},
            "undo": {"$ref": "#/$defs/command", "description": "Takes it back."},
            "rehearse": {"$ref": "#/$defs/command", "description": "Tries it, with its way back, on a scratch copy."},
            "directory": {"type": "string", "description": "Where the commands run; the directory of this file where nothing is said."},
            "variables": {"$ref": "#/$defs/variables", "description": "What the commands get in their environment."},
            "secrets": {"$ref": "#/$defs/secrets", "description": "The same, from where secrets are."},
            "effects": {"type": "array", "items": {"enum": ["traffic", "data", "configuration", "deployment", "backup"]}, "description": "What it touches; what touches traffic is taken back first. deployment where nothing is said."},
            "locks": {"$ref": "#/$defs/texts", "description": "Names of what only one step may use at a time."},
            "repeatable": {"type": "boolean", "description": "Whether apply may be run again when it was cut off."},
            "way-back": {"enum": ["exact", "compensates", "stays", "none"], "description": "What undo does; compensates where nothing is said. stays: nothing need be undone. none: there is no way back."},
            "manual": {"$ref": "#/$defs/texts", "description": "What a person does where undo failed."}
          }
        },
        "step-configure": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "directory": {"type": "string", "description": "The set."},
            "directories": {"$ref": "#/$defs/texts", "description": "Several sets, each a transaction of its own."},
            "to": {"$ref": "#/$defs/version", "description": "The version of the configuration, where it is another than that of the upgrade."},
            "from": {"$ref": "#/$defs/version", "description": "The version that is there, where the set does not say it."},
            "product": {"type": "string", "description": "The product, where it is another than that of the upgrade."},
            "registry": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/texts"}], "description": "Where its transformers are."},
            "acknowledge": {"$ref": "#/$defs/texts", "description": "Codes of notes that ask for something that only you can do, and that is done."},
            "accept-loss": {"type": "boolean", "description": "Whether a loss that the plan tells of is agreed to."},
            "keep": {"$ref": "#/$defs/texts", "description": "Patterns of files that are backed up and restored as they are."},
            "export": {"$ref": "#/$defs/exchange", "description": "How the configuration is fetched from where it lives."},
            "import": {"$ref": "#/$defs/exchange", "description": "How it is put back there."},
            "took-effect": {
              "description": "Who says that the application works with the new configuration.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "run": {"$ref": "#/$defs/command", "description": "A command that ends with 0 then."},
                "http": {"type": "string", "description": "The address of a server that says it."},
                "contains": {"type": "string", "description": "What the answer contains then."},
                "within": {"$ref": "#/$defs/duration", "description": "How long it may take; 1m where nothing is said."},
                "interval": {"$ref": "#/$defs/duration", "description": "The pause between two looks; 1s where nothing is said."}
              }
            }
          }
        },
        "exchange": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "run": {"$ref": "#/$defs/command", "description": "{dir} stands for the directory."},
            "config-map": {"type": "string", "description": "The name of a ConfigMap, each of whose keys is a file."},
            "namespace": {"type": "string", "description": "Its namespace."},
            "context": {"type": "string", "description": "The cluster, as kubectl's configuration names it."},
            "secrets": {"$ref": "#/$defs/secrets", "description": "What the command gets in its environment."},
            "timeout": {"$ref": "#/$defs/duration", "description": "2m where nothing is said."}
          }
        },
        "probe-run": {
          "oneOf": [
            {"$ref": "#/$defs/command"},
            {
              "type": "object",
              "required": ["command"],
              "additionalProperties": false,
              "properties": {
                "command": {"$ref": "#/$defs/command", "description": "The program and its arguments."},
                "directory": {"type": "string", "description": "Where it runs; the directory of this file where nothing is said."},
                "variables": {"$ref": "#/$defs/variables", "description": "What it gets in its environment."},
                "secrets": {"$ref": "#/$defs/secrets", "description": "The same, from where secrets are."},
                "timeout": {"$ref": "#/$defs/duration", "description": "How long it may take."}
              }
            }
          ]
        },
        "probe-http": {
          "type": "object",
          "required": ["url"],
          "additionalProperties": false,
          "properties": {
            "url": {"type": "string", "pattern": "^https?://", "description": "What is asked."},
            "status": {"type": "integer", "minimum": 100, "maximum": 599, "description": "200 where nothing is said."},
            "contains": {"type": "string", "description": "What the answer's body must contain."},
            "headers": {"type": "object", "additionalProperties": {"type": "string"}, "description": "Headers of the request."},
            "secret-headers": {"$ref": "#/$defs/secrets", "description": "Headers whose values are secrets."},
            "slower-than": {"$ref": "#/$defs/duration", "description": "An answer that takes longer is a bad one."},
            "timeout": {"$ref": "#/$defs/duration", "description": "10s where nothing is said."}
          }
        },
        "gate": {
          "type": "object",
          "required": ["id"],
          "additionalProperties": false,
          "properties": {
            "id": {"$ref": "#/$defs/id", "description": "Its name in the journal."},
            "when": {"enum": ["before", "after", "during"], "description": "after where nothing is said."},
            "interval": {"$ref": "#/$defs/duration", "description": "The pause between two answers; 10s where nothing is said."},
            "count": {"type": "integer", "minimum": 1, "description": "How many answers are wanted; 1 where nothing is said."},
            "failure-limit": {"type": "integer", "minimum": 0, "description": "How many answers may be bad; 0 where nothing is said."},
            "error-limit": {"type": "integer", "minimum": 0, "description": "How many answers in a row may tell nothing; 4 where nothing is said."},
            "min-samples": {"type": "integer", "minimum": 1, "description": "How many of them must tell something; all where nothing is said."},
            "timeout": {"$ref": "#/$defs/duration", "description": "How long it may stay without a verdict; 10m where nothing is said."},
            "inconclusive": {"enum": ["pause", "fail", "pass"], "description": "What becomes of a gate without a verdict; pause where nothing is said."},
            "observe": {"type": "boolean", "description": "Whether its verdict is only recorded."},
            "run": {"$ref": "#/$defs/probe-run", "description": "A command: 0 is good, 1 is bad, all else tells nothing."},
            "http": {"$ref": "#/$defs/probe-http", "description": "A request to a web server."}
          }
        },
        "check": {
          "type": "object",
          "required": ["id"],
          "additionalProperties": false,
          "properties": {
            "id": {"$ref": "#/$defs/id", "description": "Its name, for `--accept`."},
            "component": {"$ref": "#/$defs/id", "description": "The component that needs it: where one before has failed, it is not looked at."},
            "advice": {"type": "boolean", "description": "Whether what it finds wrong only warns."},
            "run": {"$ref": "#/$defs/probe-run", "description": "A command: 0 passes, 1 fails, 2 warns, 3 does not apply."},
            "http": {"$ref": "#/$defs/probe-http", "description": "A request to a web server."},
            "version": {
              "description": "What version of a program or server is there.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "command": {"$ref": "#/$defs/command", "description": "Prints the version."},
                "url": {"type": "string", "pattern": "^https?://", "description": "A server whose answer holds the version."},
                "pattern": {"type": "string", "description": "Finds the version in what is printed; its first group is the version."},
                "at-least": {"$ref": "#/$defs/version", "description": "An older one fails."},
                "better": {"$ref": "#/$defs/version", "description": "An older one warns."},
                "below": {"$ref": "#/$defs/version", "description": "This one and newer ones fail."},
                "timeout": {"$ref": "#/$defs/duration", "description": "How long the look may take."}
              }
            },
            "packages": {
              "description": "Whether the Python packages of a requirements.txt are installed.",
              "type": "object",
              "required": ["required"],
              "additionalProperties": false,
              "properties": {
                "required": {"type": "string", "description": "A requirements.txt."},
                "python": {"type": "string", "description": "The Python whose packages are looked at, such as venv/bin/python; python3 where nothing is said."},
                "installed": {"$ref": "#/$defs/command", "description": "In place of python: prints NAME==VERSION lines."},
                "timeout": {"$ref": "#/$defs/duration", "description": "How long the look may take."}
              }
            },
            "backup": {
              "description": "How old the newest backup is, and whether it is whole.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "path": {"type": "string", "description": "A file, or a directory whose newest file counts."},
                "set": {"type": "string", "description": "A configuration set, whose own newest backup counts and is read byte by byte."},
                "newer-than": {"$ref": "#/$defs/duration", "description": "24h where nothing is said."},
                "verify": {"$ref": "#/$defs/command", "description": "Ends with 0 where the backup is whole."},
                "timeout": {"$ref": "#/$defs/duration", "description": "How long the look may take."}
              }
            },
            "disk": {
              "description": "How full a file system is.",
              "type": "object",
              "required": ["path"],
              "additionalProperties": false,
              "properties": {
                "path": {"type": "string", "description": "Any path on it."},
                "free": {"$ref": "#/$defs/size", "description": "How much must be free."},
                "used-below": {"$ref": "#/$defs/percent", "description": "80% where nothing is said."}
              }
            },
            "memory": {
              "description": "How much memory is used.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "free": {"$ref": "#/$defs/size", "description": "How much must be free."},
                "used-below": {"$ref": "#/$defs/percent", "description": "80% where nothing is said."}
              }
            },
            "cpu": {
              "description": "How busy the processors are.",
              "type": "object",
              "additionalProperties": false,
              "properties": {"used-below": {"$ref": "#/$defs/percent", "description": "80% where nothing is said."}}
            },
            "clock": {
              "description": "Whether this machine's clock is right.",
              "type": "object",
              "additionalProperties": false,
              "properties": {
                "url": {"type": "string", "pattern": "^https?://", "description": "A server whose Date header is compared; without it the system is asked whether its clock is synchronised."},
                "off-by": {"$ref": "#/$defs/duration", "description": "2s where nothing is said."}
              }
            },
            "writable": {"$ref": "#/$defs/texts", "description": "Files and directories that this user must be able to write."},
            "sql": {
              "type": "object",
              "required": ["database"],
              "additionalProperties": false,
              "description": "Asks a database for its version, for open transactions and dumps, or whether a query is true.",
              "properties": {
                "database": {"$ref": "#/$defs/database"},
                "at-least": {"$ref": "#/$defs/version"},
                "better": {"$ref": "#/$defs/version", "description": "An older one warns."},
                "below": {"$ref": "#/$defs/version"},
                "longest-transaction": {"$ref": "#/$defs/duration", "description": "No transaction is older, and no dump is running."},
                "query": {"type": "string", "description": "Its one value must be true."}
              }
            }
          }
        },
        "channel": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "id": {"$ref": "#/$defs/id", "description": "Its name in the journal."},
            "retry": {"$ref": "#/$defs/retry", "description": "How often a delivery is tried."},
            "on": {"type": "array", "items": {"enum": ["started", "paused", "completed", "failed", "rolled-back", "needs-help"]}, "description": "What is told; completed, failed, rolled-back and needs-help where nothing is said."},
            "webhook": {
              "description": "Posts JSON.",
              "type": "object",
              "required": ["url"],
              "additionalProperties": false,
              "properties": {
                "url": {"anyOf": [{"type": "string", "pattern": "^https?://"}, {"$ref": "#/$defs/secret"}], "description": "Where to; often a secret itself."},
                "headers": {"type": "object", "additionalProperties": {"type": "string"}, "description": "Headers of the request."},
                "secret-headers": {"$ref": "#/$defs/secrets", "description": "Headers whose values are secrets."},
                "timeout": {"$ref": "#/$defs/duration", "description": "How long a delivery may take."}
              }
            },
            "smtp": {
              "description": "Sends a mail.",
              "type": "object",
              "required": ["server", "from", "to"],
              "additionalProperties": false,
              "properties": {
                "server": {"type": "string", "description": "smtp://host:port or smtps://host:port"},
                "from": {"type": "string", "description": "The sender."},
                "to": {"type": "array", "minItems": 1, "items": {"type": "string"}, "description": "The receivers."},
                "user": {"type": "string", "description": "Who signs in."},
                "password": {"$ref": "#/$defs/secret", "description": "Their password."},
                "starttls": {"type": "boolean", "description": "Whether the connection must become a secret one."},
                "timeout": {"$ref": "#/$defs/duration", "description": "How long a delivery may take."}
              }
            },
            "run": {"$ref": "#/$defs/probe-run", "description": "A command, which gets JSON on its standard input."}
          }
        }
      }
    }
    """#
}
