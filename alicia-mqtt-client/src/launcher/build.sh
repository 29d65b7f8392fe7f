#!/bin/sh
# Puts the launcher alicia-ha into target/, beside lib/ and the jar of this module that it starts.
#
# Usage: build.sh TARGET_DIRECTORY JAR_OF_THIS_MODULE
set -e

source=$(cd "${0%/*}" && pwd)
cd "$1"
sed "s|@JAR@|$2|" "$source/alicia-ha" > alicia-ha
chmod 755 alicia-ha
chmod a+r "$2" lib/*.jar
