from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("users", "0001_initial")]

    operations = [
        migrations.AddField("user", "phone_number", models.TextField(db_default="")),
        migrations.AddField("user", "last_login", models.DateTimeField(null=True)),
        migrations.AddField("user", "login_count", models.IntegerField(db_default=0)),
    ]
